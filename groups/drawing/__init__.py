"""Pictures of what a group does together, as numbers for a template to draw. No ORM, no words of their own."""
