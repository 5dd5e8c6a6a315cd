"""Cadence (一月一调度…年终算总账): dispatch meetings with what is open, whose it is and by how much it is late."""
