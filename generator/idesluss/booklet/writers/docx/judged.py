from idesluss.booklet.writers import Look
def look(book): return Look((),(),(),(),())
