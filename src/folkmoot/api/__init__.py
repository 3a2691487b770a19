"""The REST API: the same steps and the same reading rules as the pages, for programs.

How a route is added
--------------------
1. Take or make a module in `api/routes/`, named by the noun it is about, with a router of its own::

       router = Routes("Cases")

   and name that module in `api/service.py`, in `ROUTES`: it is mounted under `/api/v1/o/<slug>/`.

2. Say what comes in and what goes out as pydantic models: `Sent` (refuses fields it does not know) and `Shown`
   (`api/shapes.py`; numbers of rows in an address are `Number`, words people type are `Words`). Give each an example
   in its `model_config = example({...})`: the document and the page show it, and tests send it.

3. Write the view and say who may use it::

       @router.reads("/cases/{int:case}", scope=Scope.READ, offices=READERS, returns=CaseShown)
       def case(request: Caller, case: Number) -> CaseShown:
           \"\"\"One case, as far as its reader may see it.\"\"\"

       @router.writes("/cases/{int:case}/claim", scope=Scope.DESK, offices=READERS, returns=CaseShown)
       def claim(request: Caller, case: Number) -> CaseShown:
           \"\"\"Take the case from the queue.\"\"\"
           claiming.claim(the_case(request, case).pk, by=request.person, at=request.now)
           return shown(request, the_case(request, case))

   The first sentence of the docstring is the operation's summary, the rest its description. A path is a noun.
   `writes` is a POST (other methods: `method="PUT"`), answers 200 (otherwise `status=201`; 204 with `returns=None`),
   wants an `Idempotency-Key` and runs in one transaction; `asks` is a POST that keeps nothing and has no such key.
   `scope=None` needs no token; with `offices` left out, any owner will do. `steps=(Step.CLAIM,)` names the words of
   the procedure that the route takes: a test compares them.

What is there already: the token and who is let in (`door.py`), rate limits (`spending.py`), `request.org`, `.person`,
`.offices` and `.now` as on the pages (`caller.py`), refusals as problem+json (`problems.py`: raise what the steps
raise, or `Http404`; a `StalePage` of a route with `case` tells what is new), doing nothing twice (`once.py`), lists by
cursor (`cursors.py`). The document is made from all of it (`document.py`).
"""
