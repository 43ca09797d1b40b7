package io.meshwright.value.workload.data;

import com.google.re2j.Pattern;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;

/**
 * Secrets that are written as they are: whoever reads the repository or the pod has them. A name that only speaks of
 * one, such as {@code PASSWORD_FILE}, is none; nor is a switch, such as {@code ALLOW_EMPTY_PASSWORD=yes}.
 */
final class OpenSecrets {
    private static final Pattern NAMES = Pattern.compile("(?i).*(password|passwd|passphrase)|.+[_.-]pwd"
            + "|(.*[_.-])?(secret|token|(api|access|private|secret|signing|encryption)[_.-]?key|credentials?)");
    private static final Pattern PASSWORDS = Pattern.compile("(?i).*(password|passwd|passphrase)");
    private static final Pattern SWITCHES = Pattern.compile("(?i)|true|false|yes|no|on|off|0|1");
    private static final Pattern REFERENCE = Pattern.compile("(\\$\\([A-Za-z_.-][A-Za-z0-9_.-]*\\))+"); // of Kubernetes
    private static final Pattern WITH_PASSWORD = Pattern.compile(".*://[^/?#@:\\s]*:([^/?#@\\s]+)@.*");

    private OpenSecrets() {}

    /** Refuses a variable that holds one; the value is never repeated. */
    static void refuse(String variable, String value) {
        var password = WITH_PASSWORD.matcher(value);
        if (NAMES.matches(variable) && isSecret(value)) {
            throw refusal(variable, "is a secret by its name, and everybody reads it here");
        } else if (password.matches() && isSecret(password.group(1))) {
            throw refusal(variable, "carries a password in its address, and everybody reads it here");
        }
    }

    /** True if an address in a line of text carries a password. */
    static boolean isAddressWithPassword(String line) {
        var password = WITH_PASSWORD.matcher(line);
        return password.matches() && isSecret(password.group(1));
    }

    /**
     * True if a text is a password by its key's name, or carries one in an address; a key of a chart says little more.
     */
    static boolean isPassword(String key, String text) {
        return PASSWORDS.matches(key) && isSecret(text) || isAddressWithPassword(text);
    }

    private static boolean isSecret(String value) {
        return !SWITCHES.matches(value.strip()) && !REFERENCE.matches(value.strip());
    }

    private static InvalidValue refusal(String variable, String problem) {
        return new InvalidValue(
                KeyPath.of("env").key(variable),
                problem,
                "move it to secretEnv, written secret/key, or call it after what it is");
    }
}
