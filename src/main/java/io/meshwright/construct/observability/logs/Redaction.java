package io.meshwright.construct.observability.logs;

import io.meshwright.disclosure.SecretShapes;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules of what is taken out of log lines and spans before they leave a collector: keys, tokens, passwords, cookies,
 * values of query strings, and what belongs to a person. Times, trace ids and numbers of orders stay.
 */
final class Redaction {
    private static final String HIDDEN = SecretShapes.HIDDEN;
    private static final String KEEP_NAME = "$1$2".concat(HIDDEN);
    private static final String KEEP_BEFORE = "$1".concat(HIDDEN);

    private static final String NAME_END = "(?:%s|jsessionid|phpsessid|connect[.]sid|\\bcvv2?|\\bcvc2?|\\botp)"
            .formatted(String.join("|", SecretShapes.NAME_ENDS));
    private static final String NAME = "[A-Za-z0-9_.-]*%s(?:[_-]?(?:value|hash|[0-9]+))?".formatted(NAME_END);
    // At a glance: each of the names holds one of these.
    private static final List<String> NAME_WORDS = List.of(
            "passw",
            "passphrase",
            "passcode",
            "_pass",
            ".pass",
            "-pass",
            "pwd",
            "secret",
            "token",
            "key",
            "credential",
            "signature",
            "connection",
            "sessid",
            "sessionid",
            "connect.sid",
            "cvv",
            "cvc",
            "otp");
    // What stands between a name and its value in a header, in JSON, and in JSON within JSON.
    private static final String GIVES = "\\\\?[\"']?[ \\t]*[:=][ \\t]*[\\[{]?\\\\?[\"']?";
    private static final String WORD = "[^\\s\"',;\\]}\\\\]";
    private static final String HEADERS =
            "(?:proxy-)?authorization|x-api-key|api-key|x-auth-token" + "|x-amz-security-token|x-[cx]srf-token";
    // No number may begin in the middle of a word, of a fraction or of another number.
    private static final String BEFORE = "(^|[^\\w.-])";

    /** Names of attributes that are taken away whole, whatever is in them; a list was spread by its index before. */
    static final String SECRET_NAMES =
            "(?i)(?:(?:^|[._-])(?:%s|(?:set-)?cookie)|%s)(?:[.][0-9]+)*$".formatted(HEADERS, NAME_END);

    private Redaction() {}

    /** All of it, in the order in which it is done: what a rule puts there, those after it see. */
    static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        credentials(kinds);
        addresses(kinds);
        settings(kinds);
        kinds.add(Kind.of(
                "vendors",
                List.of("akia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-", "xox", "sk-"),
                new Rewrite(SecretShapes.VENDOR, HIDDEN)));
        kinds.add(Kind.of("mails", List.of("@", "%40"), new Rewrite(SecretShapes.MAIL, HIDDEN)));
        kinds.add(Kind.shaped("numbers", CheckedNumbers.LIKELY, CheckedNumbers.rewrites()));
        kinds.add(Kind.shaped(
                "phones", "01[016789][ .-]?[0-9]{3}|0[2-7][0-9]{0,2}[)]?[ -][0-9]{3,4}-|[+][1-9][0-9]", phones()));
        return kinds;
    }

    private static void credentials(List<Kind> kinds) {
        kinds.add(Kind.of("keys", List.of("private key-----"), new Rewrite(SecretShapes.KEY_BLOCK, HIDDEN)));
        kinds.add(Kind.of("tokens", List.of("eyj"), new Rewrite(SecretShapes.JWT, HIDDEN)));
        // Of a header that is explained instead of given ("authorization: denied") the word stays: a token has digits.
        kinds.add(Kind.of(
                "headers",
                List.of("authorization", "api-key", "auth-token", "security-token", "srf-token"),
                new Rewrite(
                        "(?i)\\b(%1$s)(%2$s)((?:digest|hawk|oauth|mac|token|aws4-[a-z0-9-]+) +[a-z_-]+ *= *[^\\r\\n]+|(?:bearer|basic|negotiate|apikey|token|hmac) +%3$s+|%3$s*[0-9]%3$s*|[(]hidden[)])"
                                .formatted(HEADERS, GIVES, WORD),
                        KEEP_NAME)));
        kinds.add(Kind.of(
                "cookies",
                List.of("cookie"),
                new Rewrite(
                        "(?i)\\b((?:set-)?cookie2?)(%1$s)([^\\s\"',;=]+=[^\\s\"',;\\]}]*(?:;[ \\t]*[^\\s\"',;=]+(?:=[^\\s\"',;\\]}]*)?)*)"
                                .formatted(GIVES),
                        KEEP_NAME)));
        // "Basic authentication" is no credential: one has a digit, or small and capital letters.
        kinds.add(Kind.of(
                "schemes",
                List.of("bearer ", "basic "),
                new Rewrite(
                        "\\b((?i:bearer|basic))( +)([A-Za-z0-9+/=_.~-]{4,}[0-9=][A-Za-z0-9+/=_.~-]*|[A-Za-z0-9+/=_.~-]{2,}[a-z][A-Z][A-Za-z0-9+/=_.~-]{2,})",
                        KEEP_NAME)));
    }

    private static void addresses(List<Kind> kinds) {
        kinds.add(Kind.of(
                "users",
                List.of("@"),
                new Rewrite(SecretShapes.USER, "$1".concat(HIDDEN).concat("$3"))));
        // The sign & is a number in JSON, of which the glance at attributes is made.
        kinds.add(Kind.of(
                "queries",
                List.of("?", "&", "u0026"),
                new Rewrite("((?:[?&]|&amp;)[A-Za-z0-9_.~%\\[\\]-]+=)[^&\\s\"'<>#]+", KEEP_BEFORE)));
    }

    /** A name that stands for a secret, and its value, in the ways in which programs write them. */
    private static void settings(List<Kind> kinds) {
        kinds.add(Kind.of(
                "names",
                NAME_WORDS,
                named("(?i)(%s)([\"']?\\s*[:=]\\s*\")((?:[^\"\\\\\\r\\n]|\\\\.)+)"),
                named("(?i)(%s)(\\\\\"\\s*:\\s*\\\\\")([^\"\\\\\\r\\n]+)"),
                named("(?i)(%s)([\"']?\\s*[:=]\\s*')([^'\\r\\n]+)"),
                named("(?i)(%s)(\\\\?[\"']\\s*:\\s*)([0-9]+)"),
                named("(?i)(%s)(=)([^\\s\"'&;,}\\]\\\\]+)"),
                // In prose a value has a digit, or stands alone on its line: "password: must not be blank" is none.
                named("(?i)(%s)(: +)([^\\s\"',;]*[0-9][^\\s\"',;]{5,}|[^\\s\"',;]{5,}[0-9][^\\s\"',;]*)"),
                new Rewrite(
                        "(?im)^([ \\t]*(?:- +)?[A-Za-z0-9_.-]*(?:passw(?:or)?d|passphrase|secret|token))(: +)([^\\s\"'{\\[|>]+)[ \\t]*$",
                        KEEP_NAME)));
        kinds.add(Kind.of(
                "korean names",
                List.of("번호"),
                new Rewrite("(비밀번호|주민(?:등록)?번호|카드번호|계좌번호)([\"']?\\s*[:=]\\s*[\"']?)([^\\s\"',;]+)", KEEP_NAME)));
        // As Spring says why it refused a form.
        kinds.add(Kind.of(
                "forms",
                List.of("rejected value ["),
                new Rewrite(
                        "(?i)(on field '[^']*(?:passw|secret|token|pin)[^']*': rejected value \\[)[^\\]]*",
                        KEEP_BEFORE)));
    }

    private static Rewrite named(String pattern) {
        return new Rewrite(pattern.formatted(NAME), KEEP_NAME);
    }

    /** Korean numbers with or without separators, those of other countries with their plus sign. */
    private static List<Rewrite> phones() {
        return List.of(
                new Rewrite(
                        BEFORE.concat("(?:[+]82[ -]?(?:[(]0[)][ -]?)?|0)1[016789][ .-]?[0-9]{3,4}[ .-]?[0-9]{4}\\b"),
                        KEEP_BEFORE),
                new Rewrite(
                        BEFORE.concat("(?:[+]82[ -]?|[(]?0)(?:2|[3-6][1-5]|70|50[0-9]?)[)]?[ -][0-9]{3,4}-[0-9]{4}\\b"),
                        KEEP_BEFORE),
                new Rewrite(
                        BEFORE.concat(
                                "[+][1-9](?:[0-9]{9,14}|[0-9]{0,2}[ .-][(]?[0-9]{1,4}[)]?[ .-][0-9]{2,4}[ .-]?[0-9]{3,4})\\b"),
                        KEEP_BEFORE));
    }
}
