package io.meshwright.heal;

/** One action on one target: looked at first, then taken. */
interface Action {
    /**
     * Looks whether it makes sense now.
     *
     * @return what is to be done, for people and for {@link Step#take}
     * @throws Held when it is not to be done
     */
    Step look(Target target, FiredAlert alert) throws Held;

    /** Something that was looked at and may be done now. */
    interface Step {
        /** Returns what it does, in words for people. */
        String words();

        /**
         * Does it.
         *
         * @throws Held when the API server refuses
         */
        void take() throws Held;
    }

    /** A step of one request. */
    record Request(String words, Sender sender) implements Step {
        /** Sends the request. */
        interface Sender {
            Api.Answer send() throws Held;
        }

        @Override
        public void take() throws Held {
            Api.Answer answer = sender.send();
            if (!answer.isOk()) {
                throw new Held("the API server refuses: %s".formatted(answer.said()));
            }
        }
    }
}
