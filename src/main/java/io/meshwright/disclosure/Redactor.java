package io.meshwright.disclosure;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.function.Function;

/**
 * Takes out of any text what is nobody's business: keys, tokens, passwords, cookies, values of query strings, and what
 * belongs to a person. Times, addresses, trace ids and names of objects stay. Every expression takes linear time.
 */
public final class Redactor {
    /** The text that stands in place of a secret. */
    public static final String HIDDEN = SecretShapes.HIDDEN;

    private static final Pattern KEY_BLOCK = Pattern.compile(SecretShapes.KEY_BLOCK);
    private static final Pattern JWT = Pattern.compile(SecretShapes.JWT);
    private static final Pattern HEADER = Pattern.compile(
            "(?i)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|api-key|x-amz-security-token)(\\\\?[\"']?\\s*[:=]\\s*\\\\?[\"']?)((?:=\\\\?\"[^\"\\s,}\\\\][^\"\\r\\n,}]*\"|='[^'\\s,}][^'\\r\\n,}]*'|[^\\r\\n\"'])+)");
    /** Credentials that are parameters, of which the quoted ones may hold anything: to the end of the line. */
    private static final Pattern PARAMETERS = Pattern.compile(
            "(?i)\\b((?:proxy-)?authorization)(\\\\?[\"']?\\s*[:=]\\s*\\\\?[\"']?)((?:digest|hawk|oauth|mac|token|aws4-[a-z0-9-]+) +[a-z_-]+ *= *[^\\r\\n]+)");

    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic)( +)([A-Za-z0-9+/=_.~-]{8,})");
    private static final Pattern ASSIGNED =
            Pattern.compile("([A-Za-z0-9_.-]+)(\\\\?[\"']?=\\\\?[\"']?)([^\\s\"'&;,)}\\]]+)");
    private static final Pattern QUOTED =
            Pattern.compile("([\"'][A-Za-z0-9_. -]+)(\\\\?[\"']\\s*:\\s*\\\\?[\"'])([^\"'\\\\\\r\\n]+)");
    private static final Pattern LINE =
            Pattern.compile("(?m)^(\\s*(?:-\\s*)?[A-Za-z0-9_.-]+)(:\\s+[\"']?)([^\\s\"'][^\\r\\n]*)");
    /** Names under which a trace says how a request was judged, and requests carry what they show. */
    private static final Pattern JUDGED = Pattern.compile("(?i)(?:authorization|jwt)");
    /** Three words and more, as no credentials are written: those are one word, a scheme and a word, or have a "=". */
    private static final Pattern SENTENCE = Pattern.compile(
            "[A-Za-z][a-z./'-]* (?:[a-z][a-z./'-]*|[A-Z]+) (?:[a-z][a-z./'-]*|[A-Z]+)(?:[ ,;:)][^=]*)?");
    /** Of HTTP's registry, and those that servers use beside it. */
    private static final Pattern SCHEMED = Pattern.compile(
            "(?i)(?:bearer|basic|digest|dpop|gnap|hoba|mutual|negotiate|ntlm|oauth|privatetoken|scram[a-z0-9-]*|vapid|apikey|key|token|hawk|signature|aws[0-9a-z-]*)[ :].*");

    private static final Pattern USER = Pattern.compile(SecretShapes.USER);
    private static final Pattern QUERY = Pattern.compile("\\?([A-Za-z0-9_.~%\\[\\]-]+=[^\\s\"'<>]*)");
    private static final Pattern VALUE = Pattern.compile("=[^&#]*");
    private static final Pattern VENDOR = Pattern.compile(SecretShapes.VENDOR);
    private static final Pattern LONG = Pattern.compile("[A-Za-z0-9+_=-]{40,}");
    private static final Pattern MAIL = Pattern.compile(SecretShapes.MAIL);
    private static final Pattern RESIDENT = Pattern.compile("\\b[0-9]{6}-?[1-8][0-9]{6}\\b");
    private static final Pattern CARD = Pattern.compile("\\b[0-9](?:[ -]?[0-9]){12,18}\\b");
    private static final Pattern PHONE = Pattern.compile(
            "(?:\\+82[ -]?(?:[(]0[)])?[0-9]{1,2}|\\b01[016789])[ -]?[0-9]{3,4}[ -]?[0-9]{4}\\b|\\b0[2-6][0-9]?-[0-9]{3,4}-[0-9]{4}\\b");

    private Redactor() {}

    /** The text without it, on as many lines. */
    public static String of(String text) {
        String shown = each(KEY_BLOCK, text, found -> HIDDEN.concat("\n".repeat((int) lines(found.group()))));
        shown = each(JWT, shown, found -> HIDDEN);
        shown = each(PARAMETERS, shown, Redactor::kept);
        shown = each(HEADER, shown, Redactor::header);
        shown = each(SCHEME, shown, Redactor::kept);
        shown = each(USER, shown, found -> found.group(1).concat(HIDDEN).concat(found.group(3)));
        shown = each(
                QUERY, shown, found -> "?".concat(VALUE.matcher(found.group(1)).replaceAll("=".concat(HIDDEN))));
        for (Pattern setting : new Pattern[] {ASSIGNED, QUOTED, LINE}) {
            shown = each(setting, shown, Redactor::named);
        }
        shown = each(VENDOR, shown, found -> HIDDEN);
        shown = each(LONG, shown, found -> isRandom(found.group()) ? HIDDEN : found.group());
        shown = each(MAIL, shown, found -> HIDDEN);
        shown = each(RESIDENT, shown, Redactor::resident);
        shown = each(CARD, shown, found -> Numbers.isCard(digits(found.group())) ? HIDDEN : found.group());
        return each(PHONE, shown, found -> HIDDEN);
    }

    private static String each(Pattern pattern, String text, Function<Matcher, String> instead) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder shown = new StringBuilder();
        int told = 0;
        while (matcher.find()) {
            shown.append(text.substring(told, matcher.start())).append(instead.apply(matcher));
            told = matcher.end();
        }
        return told == 0 ? text : shown.append(text, told, text.length()).toString();
    }

    private static String kept(Matcher found) {
        return found.group(1).concat(found.group(2)).concat(HIDDEN);
    }

    private static String header(Matcher found) {
        return isVerdict(found.group(1), found.group(3)) ? found.group() : kept(found);
    }

    private static String named(Matcher found) {
        String name = found.group(1).replaceAll("^[\\s\"'-]+", "");
        return SecretNames.isOne(name) && !found.group(3).startsWith("(hidden") && !isVerdict(name, found.group(3))
                ? kept(found)
                : found.group();
    }

    /** A trace's words about a request's rights, such as {@code authorization: no ALLOW rule fits}. */
    private static boolean isVerdict(String name, String value) {
        return JUDGED.matcher(name).matches()
                && SENTENCE.matcher(value).matches()
                && !SCHEMED.matcher(value).matches();
    }

    private static String resident(Matcher found) {
        String digits = digits(found.group());
        return Numbers.isResident(digits, found.group().contains("-")) ? HIDDEN : found.group();
    }

    private static String digits(String text) {
        return text.replaceAll("[ -]", "");
    }

    private static long lines(String text) {
        return text.chars().filter(letter -> letter == '\n').count();
    }

    /** Letters of both cases and digits, as in a key; not a digest, nor a name made of words. */
    private static boolean isRandom(String word) {
        boolean upper = word.chars().anyMatch(letter -> letter >= 'A' && letter <= 'Z');
        boolean lower = word.chars().anyMatch(letter -> letter >= 'a' && letter <= 'z');
        boolean digit = word.chars().anyMatch(letter -> letter >= '0' && letter <= '9');
        return upper && lower && digit;
    }
}
