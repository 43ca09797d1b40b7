package io.meshwright.advise.snapshot;

import java.util.Optional;

/**
 * One question to Prometheus.
 *
 * @param name by which the snapshot and the advice call it
 * @param text PromQL whose answer is an instant vector
 * @param metric the metric without which there is no answer; empty where no sample is an answer too, such as no failure
 * @param about the label that names what a sample is about, and which must be known to the environment
 */
public record Query(String name, String text, Optional<String> metric, About about) {
    /** The subjects of an answer's samples. */
    public enum About {
        SERVICE,
        CONTAINER
    }
}
