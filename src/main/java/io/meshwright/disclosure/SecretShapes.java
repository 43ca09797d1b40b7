package io.meshwright.disclosure;

import java.util.List;

/**
 * Shapes of secrets wherever they stand, as expressions in the syntax that RE2 and Go share: a prompt and the
 * collectors of a cluster hide the same kinds.
 */
public final class SecretShapes {
    /** The text that stands in place of a secret. */
    public static final String HIDDEN = "(hidden)";

    /** A private key in PEM, up to its end or that of the text. */
    public static final String KEY_BLOCK =
            "(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\\z)";

    public static final String JWT = "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)*";

    /** Name and password in a URL: the second group. */
    public static final String USER = "([A-Za-z][A-Za-z0-9+.-]*://)([^/\\s:@\"']*:[^/\\s@\"']+)(@)";

    /** Keys of vendors that give them a beginning of their own. */
    public static final String VENDOR =
            "\\b(?:AKIA[0-9A-Z]{12,}|gh[pousr]_[A-Za-z0-9]{16,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{8,}|sk-[A-Za-z0-9_-]{16,})";

    /** An e-mail address, its sign at as it is or as URLs write it. */
    public static final String MAIL = "[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}\\b";

    /** Last words of names that stand for a secret, for an expression without regard to case. */
    public static final List<String> NAME_ENDS = List.of(
            "passw(?:or)?d",
            "passphrase",
            "passcode",
            "secret",
            "token",
            "api[_.-]?key",
            "access[_.-]?key",
            "credentials?",
            "private[_.-]?key",
            "connection[_.-]?string",
            "signature",
            "[_.-]pwd",
            "[_.-]pass");

    private SecretShapes() {}
}
