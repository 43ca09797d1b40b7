package io.meshwright.advise;

import io.meshwright.draft.EnvironmentText;
import io.meshwright.environment.Environment;
import io.meshwright.value.KeyPath;
import java.util.List;

/**
 * A change of an environment file, with what speaks for it.
 *
 * @param edits what is written; those of one proposal hold only together
 * @param evidence what was measured, a sentence for each number
 * @param wrongIf what would show that it is a mistake
 */
public record Proposal(List<Edit> edits, List<String> evidence, String wrongIf) {
    public Proposal {
        edits = List.copyOf(edits);
        evidence = List.copyOf(evidence);
    }

    /**
     * One value.
     *
     * @param from what is in force now, written or by default
     * @param to what is written, as YAML
     */
    public record Edit(KeyPath key, String from, String to) {
        @Override
        public String toString() {
            return "%s: %s → %s".formatted(key, from, to);
        }
    }

    static Proposal of(KeyPath key, String from, String to, List<String> evidence, String wrongIf) {
        return new Proposal(List.of(new Edit(key, from, to)), evidence, wrongIf);
    }

    /**
     * The file with it.
     *
     * @param environment that the file describes without it
     * @throws io.meshwright.value.InvalidValue where something cannot be written without touching something else
     */
    public EnvironmentText in(EnvironmentText file, Environment environment) {
        EnvironmentText changed = file;
        for (Edit edit : edits) {
            changed = OwnResilience.before(edit.key(), changed, environment);
            changed = SidecarSize.before(edit.key(), changed, environment).with(edit.key(), edit.to());
        }
        return changed;
    }
}
