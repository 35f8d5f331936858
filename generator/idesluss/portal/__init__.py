"""The portal's shell: the hand-written pages, and the frame that every generated page is put into."""
