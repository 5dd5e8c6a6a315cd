"""The emergency bridge fund (应急专项资金): pool, commitment of the bank, loan, fee by days, return."""
