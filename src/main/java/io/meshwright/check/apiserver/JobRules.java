package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Kinds whose pods run to an end (batch/validation). */
final class JobRules {
    private static final String NUMBER = "(?:[0-9]+|[a-zA-Z]{3})";
    private static final Pattern PART = Pattern.compile("(?:[*?]|%1$s(?:-%1$s)?)(?:/[0-9]+)?".formatted(NUMBER));
    private static final Set<String> NAMED =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final int[] LEAST = {0, 0, 1, 1, 0};
    private static final int[] MOST = {59, 23, 31, 12, 6};

    private JobRules() {}

    static void cronJob(Field spec) {
        Field schedule = spec.at("schedule");
        if (!schedule.isEmpty() && !isSchedule(schedule.text())) {
            schedule.refuse(
                    "\"%s\" is no schedule".formatted(schedule.text()),
                    "Write minute, hour, day, month and weekday, such as \"0 3 * * *\".");
        }
        Limits.atLeastZero(spec, "startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit");
        if (spec.at("jobTemplate").isSet()) {
            Limits.needed(spec.at("jobTemplate"), "spec", "Write the spec of the Jobs.");
        }
        job(spec.at("jobTemplate").at("spec"));
    }

    static void job(Field spec) {
        Limits.atLeastZero(
                spec, "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished");
        Field template = spec.at("template");
        Field restart = template.at("spec").at("restartPolicy");
        if (template.at("spec").isSet() && List.of("", "Always").contains(restart.text())) {
            (restart.isSet() ? restart : template.at("spec"))
                    .refuse("pods of a Job are not always started again", "Write restartPolicy OnFailure or Never.");
        }
        if (spec.at("selector").isSet() && !spec.at("manualSelector").isTrue()) {
            spec.at("selector").refuse("the API server writes the selector of a Job", "Remove it.");
        }
        WorkloadRules.template(template, List.of());
    }

    private static boolean isSchedule(String text) {
        if (text.startsWith("@")) {
            return NAMED.contains(text.toLowerCase(Locale.ROOT)) || text.startsWith("@every ");
        }
        String[] fields = text.strip().split("\\s+");
        if (fields.length != LEAST.length) {
            return false;
        }
        for (int index = 0; index < fields.length; index++) {
            for (String part : fields[index].split(",", -1)) {
                if (!PART.matcher(part).matches() || !isWithin(part, LEAST[index], MOST[index])) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isWithin(String part, int least, int most) {
        for (String bound : part.split("/")[0].split("-")) {
            boolean number = bound.chars().allMatch(Character::isDigit);
            if (number && (bound.length() > 4 || Integer.parseInt(bound) < least || Integer.parseInt(bound) > most)) {
                return false;
            }
        }
        return true;
    }
}
