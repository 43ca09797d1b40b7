package io.meshwright.value.workload;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program whose data want a disk, or a folder on one, and no file system over the network: what its makers say of it.
 * Programs that are not here write whole files and rename them, as Alertmanager does with silences and a backup with
 * its archives.
 */
public enum DiskProgram {
    // [prometheus, docs/storage.md: not POSIX compliant ones, NFS by name, are not supported, and may corrupt for good]
    PROMETHEUS(
            "prom/prometheus|prometheus/prometheus|bitnami/prometheus",
            "/prometheus",
            true,
            "Prometheus does not support NFS: its blocks may be corrupted beyond repair"),
    // [sqlite.org, faq.html#q5 and lockingv3.html; grafana/grafana#130427]
    GRAFANA(
            "grafana/grafana(-oss|-enterprise)?|bitnami/grafana",
            "/var/lib/grafana",
            true,
            "Grafana's SQLite counts on locks that network file systems do not keep: its database is locked, or"
                    + " broken"),
    // [badger, dir_unix.go and ristretto/z/mmap_linux.go: a lock on the folder, and files that are mapped into memory]
    JAEGER(
            "jaegertracing/(jaeger|all-in-one)",
            "/",
            true,
            "Jaeger's Badger locks its folder and maps its files into memory, which no network file system keeps in"
                    + " step"),
    // [loki, docs/sources/operations/storage/filesystem.md: "likely going to be a bad experience"; grafana/loki#9482]
    LOKI("grafana/loki", "/", false, "Loki's makers expect a bad experience from shared file systems"),
    // [MySQL 8.4 Reference Manual, 10.12.2 Optimizing Disk I/O, Using NFS with MySQL]
    MYSQL(
            "library/mysql|mysql|mysql/mysql-server",
            "/var/lib/mysql",
            false,
            "MySQL's manual asks for caution with NFS: locks and the order of writes depend on how it is mounted");

    private final Pattern image;
    private final String folder;
    private final boolean refusing;
    private final String why;

    DiskProgram(String repositories, String folder, boolean refusing, String why) {
        this.image = Pattern.compile("(?:^|/)(?:%s)(?::|@|$)".formatted(repositories));
        this.folder = folder;
        this.refusing = refusing;
        this.why = why;
    }

    /** The program that an image runs, by its name and whatever registry it comes from. */
    public static Optional<DiskProgram> of(String image) {
        return Arrays.stream(values())
                .filter(program -> program.image.matcher(image).find())
                .findFirst();
    }

    /** Folder in which it keeps its data unless it is told otherwise. */
    public String folder() {
        return folder;
    }

    /** True if its makers rule a network file system out, and do not only advise against it. */
    public boolean isRefusing() {
        return refusing;
    }

    /** The words of its makers, as a clause. */
    public String why() {
        return why;
    }
}
