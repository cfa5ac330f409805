"""Small charts, as numbers for a template to draw. No ORM, no words of their own."""
