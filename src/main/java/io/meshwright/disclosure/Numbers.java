package io.meshwright.disclosure;

/** Tells digits that are somebody's from those that count something, by their check digit. */
final class Numbers {
    private static final int[] RESIDENT_WEIGHTS = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    private static final int RESIDENT_DIGITS = 13;
    private static final int MOST_DAYS = 31;
    private static final int MONTHS = 12;
    private static final int LEAST_CARD = 13;

    private Numbers() {}

    /** Luhn's check, of a number that begins as those of card schemes do (ISO/IEC 7812). */
    static boolean isCard(String digits) {
        if (digits.length() < LEAST_CARD || digits.charAt(0) < '2' || digits.charAt(0) > '6') {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(digits.length() - 1 - i), 10);
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    /**
     * A Korean resident registration number: a day of birth, and the check digit, which those given since October 2020
     * do not have; a hyphen in its place makes up for it.
     */
    static boolean isResident(String digits, boolean hyphenated) {
        if (digits.length() != RESIDENT_DIGITS) {
            return false;
        }
        int month = Integer.parseInt(digits.substring(2, 4));
        int day = Integer.parseInt(digits.substring(4, 6));
        if (month < 1 || month > MONTHS || day < 1 || day > MOST_DAYS) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < RESIDENT_WEIGHTS.length; i++) {
            sum += RESIDENT_WEIGHTS[i] * Character.digit(digits.charAt(i), 10);
        }
        return hyphenated || (11 - sum % 11) % 10 == Character.digit(digits.charAt(RESIDENT_DIGITS - 1), 10);
    }
}
