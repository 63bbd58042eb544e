"""The balance on the screen: what is drawn beside what is asked."""
