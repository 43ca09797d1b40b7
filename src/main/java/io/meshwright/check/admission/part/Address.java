package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.util.regex.Pattern;

/** Addresses and blocks as Go's net/netip reads them: a zone behind an IPv6 address, free bits behind a prefix. */
public final class Address {
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final String UNIX = "unix://";

    private Address() {}

    public static boolean isIp(String text) {
        int zone = text.indexOf('%');
        if (zone >= 0) {
            return zone < text.length() - 1 && text.indexOf(':') >= 0 && isPlain(text.substring(0, zone));
        }
        return isPlain(text);
    }

    private static boolean isPlain(String text) {
        try {
            IpAddress.of(text);
            return true;
        } catch (InvalidValue none) {
            return false;
        }
    }

    public static boolean isBlock(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0
                || !isPlain(text.substring(0, slash))
                || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return false;
        }
        return Integer.parseInt(text.substring(slash + 1))
                <= IpAddress.of(text.substring(0, slash)).bits();
    }

    public static boolean isIpOrBlock(String text) {
        return text.indexOf('/') < 0 ? isIp(text) : isBlock(text);
    }

    public static void examineIp(Field field) {
        if (!isIp(field.text())) {
            field.refuse("\"%s\" is no address".formatted(field.text()), "Write one such as 10.1.2.3 or ::.");
        }
    }

    public static void examineIpOrBlock(Field field) {
        if (!isIpOrBlock(field.text())) {
            field.refuse(
                    "\"%s\" is no address or block".formatted(field.text()),
                    "Write one such as 10.1.2.3 or 10.1.0.0/16.");
        }
    }

    public static boolean isUnix(String text) {
        return text.startsWith(UNIX);
    }

    /** Refuses what is no absolute path of a file and no abstract name behind an at sign. */
    public static void examineUnix(Field field) {
        String path =
                field.text().substring(Math.min(UNIX.length(), field.text().length()));
        if (!path.startsWith("@") && (!path.startsWith("/") || path.endsWith("/"))) {
            field.refuse(
                    "\"%s\" is no socket".formatted(field.text()),
                    "Write an absolute path such as unix:///run/app.sock.");
        }
    }
}
