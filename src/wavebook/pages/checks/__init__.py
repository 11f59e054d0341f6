"""What editors typed in a page, checked: markup, pictures, numbers, and sentences against their own tests."""
