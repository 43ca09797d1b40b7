package io.meshwright.advise;

import io.meshwright.draft.EnvironmentText;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Reading;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tries each proposal before anybody sees it: the file with it is read, and its agreements are asked. */
public final class Review {
    private final Reader reader;
    private final Reading.Accepted<Environment> before;
    private final List<Placed> kept = new ArrayList<>();
    private final List<Note> refused = new ArrayList<>();
    private EnvironmentText text;
    private Environment environment;

    private Review(String text, Reading.Accepted<Environment> before, Reader reader) {
        this.reader = reader;
        this.before = before;
        this.text = new EnvironmentText(text);
        this.environment = before.value();
    }

    /** Reads an environment file as if it held a text. */
    @FunctionalInterface
    public interface Reader {
        Reading<Environment> read(String text) throws IOException;
    }

    /** A proposal, and for each of its edits where the file says so today, or would: {@code file:line:column}. */
    public record Placed(Proposal proposal, List<String> places) {
        public Placed {
            places = List.copyOf(places);
        }
    }

    /**
     * The proposals that hold together, in their order.
     *
     * @param text of the file
     * @param before what it describes
     */
    public static Review of(List<Proposal> proposals, String text, Reading.Accepted<Environment> before, Reader reader)
            throws IOException {
        Review review = new Review(text, before, reader);
        for (Proposal proposal : proposals) {
            review.tried(proposal);
        }
        return review;
    }

    private void tried(Proposal proposal) throws IOException {
        try {
            EnvironmentText changed = proposal.in(text, environment);
            Reading<Environment> reading = reader.read(changed.text());
            if (reading instanceof Reading.Accepted<Environment> accepted) {
                Guard.refuse(environment, accepted.value());
                text = changed;
                environment = accepted.value();
                kept.add(new Placed(
                        proposal,
                        proposal.edits().stream()
                                .map(edit -> before.places().place(edit.key()).toString())
                                .toList()));
            } else if (reading instanceof Reading.Refused<Environment> wrong) {
                refused.add(new Note(
                        subject(proposal),
                        "would be good by its numbers, but the file with it is refused: %s"
                                .formatted(wrong.problems().get(0))));
            }
        } catch (InvalidValue wrong) {
            refused.add(
                    new Note(subject(proposal), "would be good by its numbers, but %s".formatted(wrong.getMessage())));
        }
    }

    private static String subject(Proposal proposal) {
        return proposal.edits().get(0).toString();
    }

    public List<Placed> kept() {
        return List.copyOf(kept);
    }

    /** A change that was measured and cannot be written so, with the reason. */
    public List<Note> refused() {
        return List.copyOf(refused);
    }

    /** The file with all that was kept. */
    public String text() {
        return text.text();
    }
}
