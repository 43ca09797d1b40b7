package io.meshwright.heal;

/** A reason why nothing is done; it is no fault, and nobody has to mend anything. */
final class Held extends Exception {
    private static final long serialVersionUID = 1L;

    Held(String why) {
        super(why);
    }
}
