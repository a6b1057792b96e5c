"""What a person sees: answers, passages, sources, reports, each as terminal text and as JSON."""
