"""The bridge fund (应急专项资金): money for the days between an old loan's end and its renewal, on the bank's sealed promise."""
