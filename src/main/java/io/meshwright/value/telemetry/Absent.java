package io.meshwright.value.telemetry;

import io.meshwright.value.Doc;
import io.meshwright.value.Word;

/** The word for a program of monitoring that nobody runs. */
@Word("none")
@Doc("None: nobody runs it, and nothing of ours needs it.")
public record Absent() implements PrometheusPart, GrafanaPart, LokiPart, JaegerPart {}
