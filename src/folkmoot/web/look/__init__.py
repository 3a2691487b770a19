"""The look: style sheets, base templates, parts and tags that every page uses. No models, no pages."""
