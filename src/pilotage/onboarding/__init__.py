"""The trip from "added" to "completed": activation link, sign-in, consent, proof, first import."""
