"""Addresses of the administration, under /o/<org>/admin/."""

from django.urls import path

from folkmoot.web.admin import cover, letters, passing, people, places, policy, procedure, record

app_name = "administration"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<int:person>/", people.person, name="person"),
    path("people/<int:person>/roles/", people.give, name="roles"),
    path("people/<int:person>/roles/ended/", people.end, name="roles_ended"),
    path("people/<int:person>/invitation/", people.invitation, name="invitation"),
    path("people/<int:person>/cover/", cover.cover, name="cover"),
    path("people/<int:person>/cover/ended/", cover.ended, name="cover_ended"),
    path("people/<int:person>/passing/", passing.passing, name="passing"),
    path("people/<int:person>/accounts/", people.accounts, name="accounts"),
    path("people/<int:person>/accounts/<int:claim>/ended/", people.end_account, name="accounts_ended"),
    path("places/", places.places, name="places"),
    path("places/<int:place>/", places.place, name="place"),
    path("places/<int:place>/operators/", places.operators, name="operators"),
    path("places/<int:place>/operators/ended/", places.end, name="operators_ended"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<slug:wording>/", letters.letter, name="letter"),
    path("letters/<slug:wording>/shown/", letters.see, name="letter_shown"),
    path("letters/<slug:wording>/first-words/", letters.back, name="letter_back"),
    path("letters/<slug:wording>/editions/<int:edition>/", letters.edition, name="letter_edition"),
    path("policy/", policy.policy, name="policy"),
    path("procedure/", procedure.procedure, name="procedure"),
    path("procedure/change/", procedure.change, name="procedure_change"),
    path("procedure/renewal/", procedure.renewal, name="procedure_renewal"),
    path("procedure/editions/<int:edition>/", procedure.edition, name="procedure_edition"),
    path("policy/contact/", policy.contact, name="contact"),
    path("record/", record.record, name="record"),
    path("record/outsiders/", record.outsiders, name="outsiders"),
    path("record/outsiders/<int:outsider>/ended/", record.end, name="outsiders_ended"),
]
