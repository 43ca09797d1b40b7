package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** Kinds that keep pods running, found by a selector (apps/validation). */
final class WorkloadRules {
    private WorkloadRules() {}

    static void deployment(Field deployment) {
        selected(deployment);
        Field spec = deployment.at("spec");
        Field strategy = spec.at("strategy");
        Field rolling = strategy.at("rollingUpdate");
        if (strategy.at("type").text().equals("Recreate") && rolling.isSet()) {
            rolling.refuse("the strategy Recreate does not roll", "Remove rollingUpdate, or write RollingUpdate.");
        }
        rolling(rolling);
        Limits.atLeast(spec.at("revisionHistoryLimit"), 0);
        long ready = spec.at("minReadySeconds").number();
        Field deadline = spec.at("progressDeadlineSeconds");
        if (deadline.isSet() && deadline.number() <= ready) {
            deadline.refuse("%d is not above minReadySeconds, %d".formatted(deadline.number(), ready), "Write more.");
        }
    }

    private static void rolling(Field rolling) {
        Limits.share(rolling.at("maxSurge"));
        Limits.share(rolling.at("maxUnavailable"));
        if (Limits.isNoShare(rolling.at("maxSurge")) && Limits.isNoShare(rolling.at("maxUnavailable"))) {
            rolling.at("maxUnavailable")
                    .refuse(
                            "with neither a pod more nor a pod less nothing can be replaced",
                            "Let one of maxSurge and maxUnavailable be above 0.");
        }
    }

    static void daemonSet(Field set) {
        selected(set);
        rolling(set.at("spec").at("updateStrategy").at("rollingUpdate"));
        Limits.atLeast(set.at("spec").at("revisionHistoryLimit"), 0);
    }

    /** The oldest of these kinds, whose selector is a mapping of labels. */
    static void controller(Field spec) {
        Field labels = spec.at("template").at("metadata").at("labels");
        for (Field wanted : spec.at("selector").entries()) {
            if (!labels.at(wanted.key()).isSet()
                    || !labels.at(wanted.key()).text().equals(wanted.text())) {
                wanted.refuse(
                        "the template's pods do not have %s=%s".formatted(wanted.key(), wanted.text()),
                        "Write the labels of the selector into the template.");
            }
        }
        Limits.atLeastZero(spec, "replicas", "minReadySeconds");
        template(spec.at("template"), List.of());
    }

    static void statefulSet(Field set) {
        Field spec = set.at("spec");
        List<Field> claims = spec.at("volumeClaimTemplates").items();
        claims.forEach(claim -> StorageRules.claim(claim.at("spec")));
        Form.LABEL.examine(spec.at("serviceName"));
        examine(
                spec,
                claims.stream()
                        .map(claim -> claim.at("metadata").at("name").text())
                        .toList());
    }

    static void selected(Field workload) {
        examine(workload.at("spec"), List.of());
    }

    private static void examine(Field spec, List<String> claimed) {
        Field selector = spec.at("selector");
        Field template = spec.at("template");
        Selectors.selector(selector);
        if (selector.isSet() && Selectors.isEmpty(selector)) {
            selector.refuse("the selector is empty", "Write labels of the template.");
        } else if (template.isSet()) {
            Selectors.unanswered(selector, template.at("metadata").at("labels"))
                    .ifPresent(label -> template.at("metadata")
                            .at("labels")
                            .refuse(
                                    "the selector asks for %s, which the template's pods do not have".formatted(label),
                                    "Write the labels of the selector into the template."));
        }
        Limits.atLeastZero(spec, "replicas", "minReadySeconds", "progressDeadlineSeconds");
        template(template, claimed);
        String restart = template.at("spec").at("restartPolicy").text();
        if (List.of("Never", "OnFailure").contains(restart)) {
            template.at("spec")
                    .at("restartPolicy")
                    .refuse("pods of this kind are always started again", "Write Always.");
        }
    }

    static void template(Field template, List<String> claimed) {
        if (template.isSet() && !template.at("spec").isSet()) {
            template.refuse("the template has no spec", "Write the spec of its pods.");
        }
        Metadata.common(template.at("metadata"));
        PodRules.examine(template.at("spec"), claimed);
    }
}
