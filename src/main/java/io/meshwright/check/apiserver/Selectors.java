package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;
import java.util.Optional;

/** Labels, and selectors by labels. */
final class Selectors {
    private Selectors() {}

    static void labels(Field labels) {
        for (Field label : labels.entries()) {
            Form.QUALIFIED_NAME.examine(label, label.key());
            Form.LABEL_VALUE.examine(label);
        }
    }

    /** A selector with {@code matchLabels} and {@code matchExpressions}. */
    static void selector(Field selector) {
        labels(selector.at("matchLabels"));
        for (Field condition : selector.at("matchExpressions").items()) {
            Form.QUALIFIED_NAME.examine(condition.at("key"));
            boolean listed =
                    List.of("In", "NotIn").contains(condition.at("operator").text());
            boolean bare = List.of("Exists", "DoesNotExist")
                    .contains(condition.at("operator").text());
            if (!listed && !bare && condition.at("operator").isSet()) {
                condition
                        .at("operator")
                        .refuse(
                                "\"%s\" is no operator"
                                        .formatted(condition.at("operator").text()),
                                "Write In, NotIn, Exists or DoesNotExist.");
            } else if (listed == condition.at("values").isEmpty()) {
                condition.refuse(
                        listed ? "the operator needs values" : "the operator takes no values",
                        "Write values for In and NotIn only.");
            }
            condition.at("values").items().forEach(Form.LABEL_VALUE::examine);
        }
    }

    /** A condition on the labels of nodes, which can be compared as numbers as well. */
    static void ofNodes(Field condition) {
        Form.QUALIFIED_NAME.examine(condition.at("key"));
        int values = condition.at("values").size();
        boolean fits = switch (condition.at("operator").text()) {
            case "In", "NotIn" -> values > 0;
            case "Exists", "DoesNotExist" -> values == 0;
            case "Gt", "Lt" -> values == 1;
            default -> true;
        };
        if (!fits) {
            condition.refuse(
                    "%d values do not go with the operator".formatted(values),
                    "Write values for In and NotIn, one for Gt and Lt, none for the others.");
        }
    }

    static boolean isEmpty(Field selector) {
        return selector.at("matchLabels").isEmpty()
                && selector.at("matchExpressions").isEmpty();
    }

    /** The first demand of the selector that no label answers. */
    static Optional<String> unanswered(Field selector, Field labels) {
        for (Field wanted : selector.at("matchLabels").entries()) {
            if (!labels.at(wanted.key()).text().equals(wanted.text())
                    || !labels.at(wanted.key()).isSet()) {
                return Optional.of("%s=%s".formatted(wanted.key(), wanted.text()));
            }
        }
        return selector.at("matchExpressions").items().stream()
                .filter(condition -> !answers(condition, labels))
                .map(condition -> "%s %s"
                        .formatted(
                                condition.at("key").text(),
                                condition.at("operator").text()))
                .findFirst();
    }

    private static boolean answers(Field condition, Field labels) {
        Field label = labels.at(condition.at("key").text());
        boolean listed = condition.at("values").items().stream()
                .anyMatch(value -> value.text().equals(label.text()));
        return switch (condition.at("operator").text()) {
            case "In" -> label.isSet() && listed;
            case "NotIn" -> !label.isSet() || !listed;
            case "Exists" -> label.isSet();
            case "DoesNotExist" -> !label.isSet();
            default -> true;
        };
    }
}
