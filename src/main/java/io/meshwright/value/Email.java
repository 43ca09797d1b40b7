package io.meshwright.value;

/** An e-mail address that a certificate authority or an alert writes to. */
@Doc("E-mail address such as platform@example.org.")
public record Email(
        @Matches(
                regex = "[A-Za-z0-9._%+-]+@([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}",
                max = 254,
                says = "an e-mail address such as platform@example.org")
        String value) {
    public Email {
        Bounds.check(Email.class, value);
    }

    public static Email of(String value) {
        return new Email(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
