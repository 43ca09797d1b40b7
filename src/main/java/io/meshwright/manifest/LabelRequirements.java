package io.meshwright.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A selector of labels as one text, such as {@code tier=web,env notin (dev, test),!legacy} (kubernetes.io, Labels and
 * Selectors; apimachinery/pkg/labels, Parse). A text that is none means nothing.
 */
final class LabelRequirements {
    // Commas stand between requirements, and within the parentheses of a set.
    private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern REQUIREMENT =
            Pattern.compile("(!?)\\s*([\\w./-]+)\\s*(?:(==|=|!=)\\s*([\\w.-]*)|\\s(in|notin)\\s*\\(([^()]*)\\))?");

    private final Optional<List<Requirement>> requirements;

    private LabelRequirements(Optional<List<Requirement>> requirements) {
        this.requirements = requirements;
    }

    /** One demand: that the label has one of the values, or any where there are none; or the contrary. */
    private record Requirement(String key, Set<String> values, boolean denied) {
        boolean isMetBy(Map<String, String> labels) {
            String value = labels.get(key);
            return denied != (value != null && (values.isEmpty() || values.contains(value)));
        }
    }

    static LabelRequirements of(String selector) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : BETWEEN.split(selector, -1)) {
            Matcher written = REQUIREMENT.matcher(part.strip());
            if (!part.isBlank() && !written.matches()) {
                return new LabelRequirements(Optional.empty());
            }
            if (!part.isBlank()) {
                requirements.add(requirement(written));
            }
        }
        return new LabelRequirements(Optional.of(requirements));
    }

    private static Requirement requirement(Matcher written) {
        Set<String> values = new TreeSet<>();
        if (written.group(4) != null) {
            values.add(written.group(4));
        }
        if (written.group(6) != null) {
            Arrays.stream(written.group(6).split(",", -1)).map(String::strip).forEach(values::add);
        }
        boolean denied =
                !written.group(1).isEmpty() || "!=".equals(written.group(3)) || "notin".equals(written.group(5));
        return new Requirement(written.group(2), values, denied);
    }

    boolean areMetBy(Map<String, String> labels) {
        return requirements
                .map(all -> all.stream().allMatch(each -> each.isMetBy(labels)))
                .orElse(false);
    }
}
