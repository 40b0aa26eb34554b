"""How every form of the project looks: one renderer, named in the settings."""

from django.forms.renderers import TemplatesSetting


class PageRenderer(TemplatesSetting):
    """Draws `{{ form }}` and each field with the project's own components, the sign-in pages included."""

    form_template_name = "components/form_fields.html"
    field_template_name = "components/field.html"
