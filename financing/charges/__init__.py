"""Charges (涉企收费清单): legal basis, standard, the lower bound used."""
