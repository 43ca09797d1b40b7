package io.meshwright.check.admission.proxy;

import dev.cel.common.CelValidationResult;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.PolicyTargets;
import java.util.Map;
import java.util.TreeMap;

/** A Telemetry: its providers, tags and filters. */
public final class TelemetryRules implements KindRules {
    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .build();
    private static final Map<String, String> TAGS =
            new TreeMap<>(Map.of("literal", "value", "header", "name", "environment", "name"));

    @Override
    public void examine(Field spec) {
        PolicyTargets.examine(spec);
        spec.at("metrics").items().forEach(TelemetryRules::metrics);
        if (spec.at("tracing").size() > 1) {
            spec.at("tracing").warn("only the first entry is read", "Join the entries.");
        }
        spec.at("tracing").items().forEach(TelemetryRules::tracing);
        for (Field logging : spec.at("accessLogging").items()) {
            PolicyTargets.providers(logging.at("providers"));
            filter(logging.at("filter"));
        }
    }

    private static void filter(Field filter) {
        if (filter.isSet()) {
            CelValidationResult result = PARSER.parse(filter.at("expression").text());
            if (result.hasError()) {
                filter.at("expression")
                        .refuse(
                                "\"%s\" is no expression of CEL"
                                        .formatted(filter.at("expression").text()),
                                "Write one such as response.code >= 400.");
            }
        }
    }

    private static void tracing(Field tracing) {
        if (tracing.at("providers").size() > 1) {
            tracing.at("providers").warn("only the first provider is sent spans", "Keep one.");
        }
        PolicyTargets.providers(tracing.at("providers"));
        Field sampling = tracing.at("randomSamplingPercentage");
        if (sampling.real() < 0 || sampling.real() > 100) {
            sampling.refuse("%s is no percentage".formatted(sampling.real()), "Write a number from 0 to 100.");
        }
        for (Field tag : tracing.at("customTags").entries()) {
            if (tag.key().isEmpty() || !tag.isSet()) {
                tag.refuse("the tag \"%s\" has no name or no value".formatted(tag.key()), "Write both.");
            }
            TAGS.forEach((kind, field) -> {
                if (tag.at(kind).isSet() && tag.at(kind).at(field).isEmpty()) {
                    tag.at(kind)
                            .refuse(
                                    "the tag \"%s\" has no %s".formatted(tag.key(), field),
                                    "Write %s.%s.".formatted(kind, field));
                }
            });
        }
    }

    private static void metrics(Field metrics) {
        PolicyTargets.providers(metrics.at("providers"));
        for (Field override : metrics.at("overrides").items()) {
            override.at("tagOverrides").entries().forEach(TelemetryRules::tag);
            Field custom = override.at("match").at("customMetric");
            if (custom.isSet() && custom.isEmpty()) {
                custom.refuse("the metric has no name", "Name it.");
            }
        }
    }

    private static void tag(Field tag) {
        boolean removes = tag.at("operation").text().equals("REMOVE");
        if (tag.key().isEmpty()) {
            tag.warn("the tag has no name", "Name it.");
        }
        if (!tag.isSet() || !removes && tag.at("value").isEmpty()) {
            tag.at("value")
                    .refuse("the tag \"%s\" gets no value".formatted(tag.key()), "Write value, or operation: REMOVE.");
        } else if (removes && !tag.at("value").isEmpty()) {
            tag.at("value").refuse("the tag \"%s\" is removed and gets a value".formatted(tag.key()), "Remove value.");
        }
    }
}
