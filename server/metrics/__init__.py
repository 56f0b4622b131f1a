"""What an operator watches, in the form that Prometheus reads."""
