"""Bulletins (企业手机报): drafted from figures, published by two, delivered to whoever subscribed."""
