package io.meshwright.advise;

/** A sentence about something, such as the timeout of a service. */
public record Note(String subject, String sentence) {
    @Override
    public String toString() {
        return "%s: %s".formatted(subject, sentence);
    }
}
