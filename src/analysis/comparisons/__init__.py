"""Where an authority stands: groups, positions, summaries, fourths and changes. Description, never a judgement."""
