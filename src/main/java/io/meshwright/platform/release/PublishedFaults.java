package io.meshwright.platform.release;

import io.meshwright.value.Version;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The security faults of one Istio release that are published, as far as the table's bulletins were read. */
public record PublishedFaults(Version release, List<Bulletin> bulletins) {
    public PublishedFaults {
        bulletins = List.copyOf(bulletins);
    }

    /** Newest bulletin first; none for a release line without a patch, which may be any of them. */
    public static PublishedFaults of(Version istio) {
        return new PublishedFaults(
                istio,
                istio.isLine()
                        ? List.of()
                        : Table.KNOWN.istio().bulletins().stream()
                                .filter(bulletin -> bulletin.concerns(istio))
                                .toList());
    }

    public boolean areNone() {
        return bulletins.isEmpty();
    }

    /** The last bulletin that was read for the release's line, or for any line where the table does not have it. */
    public String read() {
        return line().map(Table.Line::read)
                .orElseGet(() -> Table.KNOWN.istio().lines().get(0).read());
    }

    /** Bulletins that are known to be out and were not read, so that nobody knows here which releases they name. */
    public static List<String> unread() {
        return Table.KNOWN.istio().unread();
    }

    /** True if its line is out of support, so that later bulletins may have passed over it. */
    public boolean areOfUnsupportedLine() {
        return !release.line().isAtLeast(Table.KNOWN.istio().oldestSupported());
    }

    /** The newest patch of the same line, if the table knows one that is newer. */
    public Optional<PublishedFaults> ofNewestPatch() {
        return line().map(Table.Line::release)
                .filter(newest -> !release.isAtLeast(newest))
                .map(PublishedFaults::of);
    }

    /** The newest release of the table. */
    public static PublishedFaults ofNewest() {
        return of(IstioUpgradePath.newest());
    }

    private Optional<Table.Line> line() {
        return IstioLines.ascending().stream()
                .filter(line -> line.minor().equals(release.line()))
                .findFirst();
    }

    /** {@code ISTIO-SECURITY-2026-006 (2026-08-26), ISTIO-SECURITY-2025-004 (2025-12-22)}. */
    @Override
    public String toString() {
        return bulletins.stream().map(Bulletin::toString).collect(Collectors.joining(", "));
    }
}
