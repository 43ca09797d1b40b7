package io.meshwright.disclosure;

import com.google.re2j.Pattern;

/** Tells names of variables, keys and fields that stand for a secret. */
public final class SecretNames {
    private static final Pattern NAME = Pattern.compile(
            "(?i)pass(?:word|wd|phrase)?|pwd|secret|token|api[_.-]?key|credential|private[_.-]?key|connection[_.-]?string|\\bdsn\\b|client[_.-]?key|auth(?:orization)?$|bearer|jwt$|signature");
    /** A name that says that something is about secrets and holds none. */
    private static final Pattern REFERENCE = Pattern.compile(
            "(?i)(?:name|ref|refs|file|path|mount|mounts|ttl|expir.*|audience.*|issuer|policy|class|store)$");

    private SecretNames() {}

    /** Tells whether a value under that name is a secret, as far as a name tells. */
    public static boolean isOne(String name) {
        return NAME.matcher(name).find() && !REFERENCE.matcher(name).find();
    }
}
