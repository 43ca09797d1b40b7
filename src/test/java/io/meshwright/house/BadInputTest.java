package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One thing at a time is made wrong in a file that is right, and the answer says where, what and what to do. */
class BadInputTest {
    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        homelab | storageClass:                    | storageClas:                      | cluster.platform.storageClas: is unknown; write "storageClass" | a misspelt key suggests the nearest
        homelab | address: 192.168.1.200           | address: 192.168.1.9              | "192.168.1.9" is in no MetalLB pool; take one of local-pool | an address outside its pool
        homelab | type: metallb                    | type: metalb                      | cluster.platform.type | an unknown platform names the known ones
        homelab | replicas: 2                      | replicas: two                     | services.web-service.scale.replicas | a wrong type
        homelab | {weight: 50, approve: true}      | {weight: 150, approve: true}      | services.web-service.release.steps[1].weight | a weight over 100
        homelab | host: blog.jiminhome.shop, prefix: /api | host: blog.example.org, prefix: /api | "blog.example.org" is on no listener of the gateway | a host that no listener covers
        homelab | allowFrom: [was-service]         | allowFrom: [was-servise]          | services.mysql.allowFrom[0] | a caller that does not exist
        homelab | requests: {cpu: 100m, memory: 512Mi}, limits: {memory: 1Gi} | requests: {cpu: 100m, memory: 2Gi}, limits: {memory: 1Gi} | services.mysql.container.resources.requests.memory: "2Gi" is over the limit "1Gi" | a request over its limit
        homelab | image: ghcr.io/jiminhome/blog-web:1.4.2 | image: ghcr.io/jiminhome/blog-web:latest | moves with every release | an image that moves
        homelab | prefix: /api}                    | prefix: /api, mirror: nobody}     | services.web-service.routes[0].mirror | a route to a service that does not exist
        homelab | prefix: /api}                    | prefix: /api, headers: {request: {set: {"x y": a}}}} | services.web-service.routes[0].headers.request.set.x y: "x y" is not the name of a header | a header's name with a blank
        homelab | prefix: /api}                    | prefix: /api, headers: {response: {remove: [a, host]}}} | services.web-service.routes[0].headers.response.remove[1]: "host" cannot be changed as a header | the host among headers
        homelab | prefix: /api}                    | prefix: /api, match: {claims: {"a b": beta}}} | services.web-service.routes[0].match.claims.a b: has brackets or blanks in its name | a claim's name with a blank
        homelab | prefix: /api}                    | prefix: /api, timeout: 30}       | services.web-service.routes[0].timeout: "30" is not valid; give a time such as 30s | a number of which quotes would make no time
        homelab | resources: {requests: {cpu: 100m, memory: 512Mi}, limits: {memory: 1Gi}} | resources: | services.mysql.container.resources: has no value; give one or remove the key | a key without a value, of which some are required
        homelab | probes: {startup: 180s}          | probes:                           | services.mysql.container.probes: has no value; write {} to take its defaults, or remove the key | a key without a value
        homelab | allowFrom: [was-service]         | allowFrom: [gatway]               | services.mysql.allowFrom[0]: there is no service "gatway"; add it to services, or use one of: | a misspelt gateway
        homelab | version: 1.30.5                  | version: 1.23.4                   | istio.version | releases that do not go together
        azure   | {name: v1, weight: 90}           | {name: v1, weight: 80}            | services.user-service.release.versions: the weights add up to "90" | weights that do not add up
        azure   | - {name: v2, weight: 10, image: "buildingbite.azurecr.io/user-service:1.9.0"} | # | so there is no second version | a canary without a second version
        azure   | stream: sse}                     | stream: sse, timeout: 5s}         | would cut every stream off | a timeout on a stream
        azure   | {prefix: /admin, from | {prefix: /admin/../x, from | has a segment . or .., which no path has when it is compared; write the path that is left when it is resolved | a gate that no request meets
        homelab | access: {from: [192.168.1.0/24]} | # open                            | observability.hosts.prometheus: opens prometheus to everybody without a login; list addresses in observability.access.from | tools without a login for everybody
        azure   | {prefix: /admin, from            | {prefix: admin, from              | gateway.hosts["oauth.buildingbite.com"].restrict[0].prefix: "admin" does not begin with / | a gate in front of no path
        azure   | host: app.buildingbite.com, prefix: / | host: oauth.buildingbite.com, prefix: / | "/" of host oauth.buildingbite.com belongs to sangsang-plus-gateway already | two owners of one host and path
        azure   | {host: buildingbite.com, prefix: /} | {host: buildingbite.com, prefix: /, match: {methods: [POST]}, retries: {attempts: 1}} | retries: would send [POST] twice | retries of a POST that nobody called idempotent
        azure   | {host: buildingbite.com, prefix: /} | {host: buildingbite.com, prefix: /, match: {claims: {group: beta}}} | decides by a token that nobody verifies | a claim without a verified token
        azure   | kiali: {login: token}            | collectors: 0                     | observability.collectors: "0" is not between 1 and 100 | no collector at all
        azure   | kiali: {login: token}            | objectives: {availability: 80}    | observability.objectives.availability | a promise whose alert could never be raised
        azure   | kiali: {login: token}            | objectives: {thresholdMillis: 750} | observability.objectives.thresholdMillis | a threshold between two buckets
        azure   | kiali: {login: token}            | resources: {otel-colector: {requests: {cpu: 1m, memory: 1Mi}, limits: {memory: 1Mi}}} | observability.resources.otel-colector | a size for a program that does not exist
        azure   | access: {from: [203.0.113.0/24]} | access: {jwt: {issuer: "https://a.b/c", publicPaths: [/]}} | observability.access.jwt: leaves some paths of the tools open | tools of which some paths need no token
        azure   | jaeger: 10Gi}                    | jaeger: 10Gi, backup: 1Gi}        | observability.volumes.backup: is unknown; write "backups" | a misspelt volume
        azure   | logs: 7d,                        | logs: 36h,                        | observability.retention.logs | logs for a day and a half
        azure   | kiali: {login: token}            | storage: {classes: {loki: fast}, kept: [{volumes: [loki], storageClass: slow, owner: a, reason: b, expires: "2027-06-30"}]} | observability.storage.classes.loki: is the class of a volume that keeps another; remove it, or "loki" from kept | a class beside the one that a volume keeps
        egov    | maxEjectionPercent: 100          | maxEjectionPercent: 400           | services.egov-hello.resilience.circuitBreaker.maxEjectionPercent | a percentage over 100
        homelab | {port: 80, protocol: HTTP,       | {port: 80, protocol: TCP,         | gateway.listeners[0].hosts: [*.jiminhome.shop] are asked for, and a connection of plain TCP shows no name; write ["*"], or use protocol: TLS | a name in plain TCP
        homelab | {port: 80, protocol: HTTP,       | {port: 80, protocol: TCP, tls: {credentialName: a}, | gateway.listeners[0].tls: has no meaning on a listener of protocol TCP; use protocol: TLS, or remove it | a certificate for plain TCP
        homelab | scale: {replicas: 2}             | connections: [{port: 80}]         | services.web-service.connections[0].host: is missing, and so is listener | connections of no listener
        homelab | scale: {replicas: 2}             | connections: [{host: a.example.org, listener: 5432}] | services.web-service.connections[0].listener: "5432" is beside the host a.example.org, and a connection of plain TCP shows none; keep one of them | a port and a name
        homelab | source: certManager}             | source: existing, issuer: partners-ca} | gateway.listeners[1].tls.issuer: "partners-ca" issues nothing for a certificate that comes from elsewhere; use source: certManager, or remove it | an issuer that nobody asks
        homelab | source: certManager}             | source: certManager, clientCaKey: ca} | gateway.listeners[1].tls.clientCaKey: SIMPLE asks clients for no certificate; use mode: MUTUAL, or remove it | a CA that nobody reads
        homelab | address: 192.168.1.200           | api: gateway.networking.k8s       | gateway.api: "gateway.networking.k8s" is unknown; write "gateway.networking.k8s.io" (known: networking.istio.io, gateway.networking.k8s.io) | an API group of no gateway
        homelab | edge: {proxy: cloudflare, origin: HTTP} | nodes: {a: {cpu: 4, memory: 8Gi}} | cluster.nodes.a.count: is to stand alone, or min and max together in its place | nodes without a number
        homelab | edge: {proxy: cloudflare, origin: HTTP} | nodes: {a: {count: 2, max: 3, cpu: 4, memory: 8Gi}} | cluster.nodes.a.count: is to stand alone, or min and max together | two numbers of nodes
        homelab | edge: {proxy: cloudflare, origin: HTTP} | nodes: {a: {min: 4, max: 3, cpu: 4, memory: 8Gi}} | cluster.nodes.a.min: "4" is more than max "3"; lower it, or raise max | fewest nodes above the most
        homelab | edge: {proxy: cloudflare, origin: HTTP} | nodes: {a: {count: 0, cpu: 4, memory: 8Gi}} | cluster.nodes.a.count: "0" is no number of nodes; give 1 to 10000 | a pool without nodes
        homelab | edge: {proxy: cloudflare, origin: HTTP} | nodes: {a: {count: 1, cpu: 4, memory: "8"}} | cluster.nodes.a.memory: "8" is less than a mebibyte | memory without a unit
        homelab | edge: {proxy: cloudflare, origin: HTTP} | nodes: {a: {count: 1, cpu: 0, memory: 8Gi}} | cluster.nodes.a.cpu: "0" holds no pod | nodes without cores
        homelab | edge: {proxy: cloudflare, origin: HTTP} | gatewayApi: present        | cluster.gatewayApi: "present" is unknown; use one of installed, existing | definitions that somebody brings
        homelab | hosts: ["*.jiminhome.shop"]}     | hosts: ["*.jiminhome.shop"], redirectToHttps: true} | gateway.listeners[0].redirectToHttps: loops, because the edge speaks HTTP to the origin | a redirect that loops
        homelab | version: 1.30.5                  | version: "1.19"                   | istio.version: Istio "1.19" is not in the compatibility table | a line that the table does not have
        homelab | mtls: PERMISSIVE                 | publishedFaults: {owner: a, reason: b, expires: "2027-06-30"} | istio.publishedFaults: no fault of Istio "1.30.5" is published up to ISTIO-SECURITY-2026-006; leave it out | an exception from nothing
        azure   | reason: the documents keep the cluster on 1.23.4 until it moves by way of docs/upgrade/azure.md | # | istio.publishedFaults.reason | an exception without a reason
        homelab | address: 192.168.1.200           | securityHeaders: {contentSecurityPolicy: "default-src self"} | gateway.securityHeaders.contentSecurityPolicy: "self" without quotes is the name of a host; write 'self' | a keyword without quotes
        homelab | address: 192.168.1.200           | securityHeaders: {contentSecurityPolicy: "script 'self'"} | gateway.securityHeaders.contentSecurityPolicy: "script" is no directive, and browsers pass it over | a directive that browsers do not know
        homelab | address: 192.168.1.200           | securityHeaders: {contentSecurityPolicyReportOnly: "img-src *; img-src a.b"} | has "img-src" twice, and browsers read the first alone | a directive that is said twice
        homelab | address: 192.168.1.200           | securityHeaders: {contentSecurityPolicy: "report-uri /csp?a=%20"} | has a %, which Envoy reads as the beginning of an operator | an operator of Envoy's in a header
        homelab | address: 192.168.1.200           | securityHeaders: {permissionsPolicy: camera none} | gateway.securityHeaders.permissionsPolicy: "camera none" is no list of abilities | abilities in the older form
        homelab | address: 192.168.1.200           | securityHeaders: {strictTransportSecurity: {preload: true}} | gateway.securityHeaders.strictTransportSecurity.preload: is for hosts with all that are below them | a list that would not take the host
        homelab | address: 192.168.1.200           | securityHeaders: {strictTransportSecurity: {maxAge: 1500ms}} | "1s500ms" is not a number of seconds; give whole seconds | half a second of HTTPS
        homelab | prefix: /api}                    | prefix: /api, securityHeaders: {}, headers: {response: {add: {Referrer-Policy: origin}}}} | services.web-service.routes[0].headers.response: changes "Referrer-Policy", which securityHeaders gives; say it in securityHeaders alone | a header that is said twice
        homelab | prefix: /api}                    | prefix: /api, maintenance: {retryAfter: 0s}} | services.web-service.routes[0].maintenance.retryAfter: "0s" is not a number of seconds above 0 | a maintenance that is over at once
        homelab | prefix: /api}                    | prefix: /api, maintenance: {contentType: html}} | services.web-service.routes[0].maintenance.contentType: "html" is no type of a body | a body without a type
        homelab | prefix: /api}                    | prefix: /api, maintenance: {exceptHeaders: {x-preview: ""}}} | maintenance.exceptHeaders.x-preview: "x-preview" has no value | a header that everybody could have
        homelab | prefix: /api}                    | prefix: /api, maintenance: {exceptHeaders: {Host: a}}} | services.web-service.routes[0].maintenance.exceptHeaders.Host: "Host" is part of the request, not a header | a host among headers
        homelab | prefix: /api}                    | prefix: /api, maintenance: {exceptHeaders: {X-A: b, x-a: c}}} | services.web-service.routes[0].maintenance.exceptHeaders.x-a: "x-a" is given twice | a header in two cases of letters
        homelab | address: 192.168.1.200           | securityHeaders: {contentSecurityPolicy: "base-uri none; form-action self"} | gateway.securityHeaders.contentSecurityPolicy: "none" without quotes is the name of a host; write 'none' | a keyword without quotes where sources are called otherwise
        homelab | prefix: /api}                    | prefix: /api, match: {withoutHeaders: {x-preview: a}}, maintenance: {exceptHeaders: {X-Preview: b}}} | match.withoutHeaders: "x-preview" is also what lets requests through a maintenance | a header that says both
        homelab | prefix: /api}                    | prefix: /api, maxRequestBytes: 10} | services.web-service.routes[0].maxRequestBytes | a limit without a unit
        homelab | prefix: /api}                    | prefix: /api, maxRequestBytes: 300Mi} | services.web-service.routes[0].maxRequestBytes: "300Mi" is not between 1Ki and 256Mi | a limit that no gateway pod keeps
        homelab | prefix: /api}                    | prefix: /api, maxRequestBytes: 1Mi, stream: sse} | services.web-service.routes[0].maxRequestBytes: waits for the end of each request, which a stream does not have | the end of a stream
        homelab | address: 192.168.1.200           | errorPages: [{statuses: [200], text: a}] | gateway.errorPages[0].statuses: "200" is not between 400 and 599 | a page for no error
        homelab | address: 192.168.1.200           | errorPages: [{statuses: [503]}] | gateway.errorPages[0]: is not exactly one of text and from; give one of them | a page that is nowhere
        homelab | address: 192.168.1.200           | errorPages: [{statuses: [503, 502], text: a}, {statuses: [502], text: b}] | gateway.errorPages: has two pages for "502"; remove one of them | two pages for one error
        homelab | mtls: PERMISSIVE                 | authorizers: {login: {service: web-service, failOpen: true}} | istio.authorizers.login.reason: is missing, and with failOpen whoever stops the authorizer passes it | a lock that opens by itself
        homelab | mtls: PERMISSIVE                 | authorizers: {login: {service: web-service, protocol: grpc, pathPrefix: /a}} | istio.authorizers.login.pathPrefix: is for protocol: http | a path where none is asked
        homelab | mtls: PERMISSIVE                 | authorizers: {login: {service: web-service, timeout: 2m}} | istio.authorizers.login.timeout: "2m" is not between 1ms and 1m | an authorizer that thinks for minutes
        homelab | mtls: PERMISSIVE                 | authorizers: {login: {service: web-service, headersToUpstreamOnAllow: ["x user"]}} | istio.authorizers.login.headersToUpstreamOnAllow[0]: "x user" is not the name of a header | a header with a blank
        homelab | address: 192.168.1.200           | rateLimitService: {namespace: blog-system, image: "docker.io/envoyproxy/ratelimit:30a4ce1a", redis: {external: a}} | gateway.rateLimitService.image: "docker.io/envoyproxy/ratelimit:30a4ce1a" has no digest | an image that nothing says what it is
        homelab | address: 192.168.1.200           | hosts: {blog.jiminhome.shop: {rateLimits: [{requests: 5, interval: 2m}]}} | rateLimits[0].interval: "2m" is none that the service counts in; use 1s, 1m, 1h or 24h | an interval that nobody counts
        homelab | address: 192.168.1.200           | hosts: {blog.jiminhome.shop: {rateLimits: [{requests: 5, per: host, header: a}]}} | rateLimits[0].per: is given beside header | two ways of counting
        homelab | address: 192.168.1.200           | hosts: {blog.jiminhome.shop: {externalAuthorization: {authorizer: a, publicPaths: [/*]}}} | externalAuthorization.publicPaths: has every path, so that nobody is asked | an authorizer who is never asked
        homelab | host: argocd.jiminhome.shop      | revision: my branch               | delivery.revision: "my branch" is no name of a branch, tag or commit | a revision that git has not
        homelab | host: argocd.jiminhome.shop      | path: /dist/homelab               | delivery.path: "/dist/homelab" is not a folder of the repository | a path outside the repository
        homelab | writable: [/tmp, /var/run/mysqld] | writable: [/]                    | services.mysql.container.writable[0]: "/" would hide the whole image | a volume over everything
        homelab | writable: [/tmp, /var/run/mysqld] | writable: [tmp]                  | services.mysql.container.writable[0]: "tmp" is not an absolute path | a relative path
        homelab | writable: [/tmp, /var/run/mysqld] | writable: [/tmp/../etc]          | services.mysql.container.writable[0]: "/tmp/../etc" is no folder | a path with dots
        homelab | writable: [/tmp, /var/run/mysqld] | writable: [/proc/1]              | services.mysql.container.writable[0]: "/proc/1" is the kernel's own | the kernel's folders
        homelab | writable: [/tmp, /var/run/mysqld] | writable: [/tmp, /var/lib/mysql/] | services.mysql.container.writable[1]: "/var/lib/mysql" has a volume already | two volumes at one path
        homelab | limits: {memory: 128Mi}          | limits: {memory: 128}             | services.web-service.container.resources.limits.memory: "128" is less than a mebibyte | bytes without a unit
        homelab | requests: {cpu: 20m, memory: 32Mi} | requests: {cpu: 20m, memory: 32m} | services.web-service.container.resources.requests.memory: "32m" is less than a mebibyte | thousandths of a byte
        homelab | requests: {cpu: 20m, memory: 32Mi} | requests: {cpu: 32Mi, memory: 32Mi} | services.web-service.container.resources.requests.cpu: "32Mi" is more than a thousand cores | memory in the place of CPU
        homelab | storage: {size: 10Gi,            | storage: {size: 10,               | services.mysql.container.storage.size: "10" is less than a mebibyte | a volume of ten bytes
        homelab | env: {MYSQL_DATABASE: blog}      | env: {ADMIN_PASSWORD: hunter2}    | services.mysql.container.env.ADMIN_PASSWORD: is a secret by its name, and everybody reads it here; move it to secretEnv | a password that everybody reads
        homelab | env: {MYSQL_DATABASE: blog}      | env: {DB: "mysql://root:hunter2@db/blog"} | services.mysql.container.env.DB: carries a password in its address | a password in an address
        homelab | probes: {startup: 180s}          | probes: {port: db}                | services.mysql.container.probes.port: there is no port "db"; use one of: mysql | a probe of a port that does not exist
        homelab | [{name: mysql, port: 3306, protocol: mysql}] | [{name: db, port: 3306}] | services.mysql.ports[0].protocol: is missing, so that port 3306 would be read as HTTP; for MySQL, write protocol: mysql | a database's port read as HTTP
        homelab | [{name: mysql, port: 3306, protocol: mysql}] | [{name: redis, port: 3306, protocol: http}] | services.mysql.ports[0].name: "redis" says redis, and the protocol is http | a name that contradicts the protocol
        homelab | writable: [/tmp, /var/run/mysqld] | files: {/tmp: a}                 | services.mysql.container.files./tmp: "/tmp" is taken by writable already; give it another path | a file over a folder
        homelab | writable: [/tmp, /var/run/mysqld] | files: {/etc/my.cnf: {text: "mysql://root:hunter2@db/blog"}} | services.mysql.container.files["/etc/my.cnf"].text: carries a password in an address | a password in a file
        homelab | writable: [/tmp, /var/run/mysqld] | volumeMounts: [{name: data, mountPath: /a}] | services.mysql.container.volumeMounts[0].name: there is no volume "data"; add it to pod.volumes | a mount of nothing
        homelab | writable: [/tmp, /var/run/mysqld] | envFrom: [{prefix: A_}]          | services.mysql.container.envFrom[0]: is not exactly one of configMapRef and secretRef; give one | variables from nowhere
        homelab | env: {MYSQL_DATABASE: blog}      | env: {A: {fieldRef: status.phase}}    | services.mysql.container.env.A.fieldRef.fieldPath: "status.phase" is no field that a pod is told | a field that the API server does not take
        homelab | env: {MYSQL_DATABASE: blog}      | env: {A: {fieldRef: metadata.labels}}  | services.mysql.container.env.A.fieldRef: "metadata.labels" are many, and a variable has one value | many labels as one variable
        homelab | env: {MYSQL_DATABASE: blog}      | env: {A: {resourceFieldRef: limits.gpu}} | services.mysql.container.env.A.resourceFieldRef.resource: "limits.gpu" is no resource that a pod is told | a resource that is not told
        homelab | env: {MYSQL_DATABASE: blog}      | env: {A: {resourceFieldRef: {resource: limits.cpu, divisor: 1Mi}}} | services.mysql.container.env.A.resourceFieldRef.divisor: "1Mi" is no divisor of cpu; write 1 or 1m | millions of cores
        homelab | env: {MYSQL_DATABASE: blog}      | env: {A: {value: a, fieldRef: status.podIP}} | services.mysql.container.env.A: is not exactly one of value, fieldRef, resourceFieldRef, configMapKeyRef and secretKeyRef | two values
        homelab | env: {MYSQL_DATABASE: blog}      | env: {A: {configMapKeyRef: {name: a, key: a/b}}} | services.mysql.container.env.A.configMapKeyRef.key: "a/b" is no key of a ConfigMap or Secret | a path as key
        homelab | env: {MYSQL_DATABASE: blog}      | env: {A: "$(B)", B: b}                | services.mysql.container.env.A: stands before "B", so that $(B) stays as it is written; move it below "B" | a variable of a later one
        homelab | writable: [/tmp, /var/run/mysqld] | files: {/etc/my.cnf: {text: a, binary: a}} | "a" names no file; give the path of one from the folder of this file | a binary file that is nowhere
        homelab | {mtls: PERMISSIVE}               | {configMaps: {istio-ca-root-cert: {data: {a: b}}}} | configMaps.istio-ca-root-cert: is written by istiod into each namespace | a ConfigMap of the cluster's own
        homelab | {mtls: PERMISSIVE}               | {configMaps: {kube-root-ca.crt: {data: {a: b}}}} | configMaps["kube-root-ca.crt"]: is written by Kubernetes into each namespace; give it another name | a ConfigMap of Kubernetes' own
        homelab | {mtls: PERMISSIVE}               | {configMaps: {a..b: {data: {a: b}}}} | configMaps["a..b"]: "a..b" is not valid; give a name of lower-case letters, digits, dashes and dots such as web.settings | a ConfigMap's name with two dots
        homelab | writable: [/tmp, /var/run/mysqld] | envFrom: [{configMapRef: Web.settings}] | services.mysql.container.envFrom[0].configMapRef: "Web.settings" is not valid; give a name of lower-case letters | a ConfigMap's name with a capital letter
        homelab | env: {MYSQL_DATABASE: blog}      | env: {A: {secretKeyRef: {name: a.-b, key: c}}} | services.mysql.container.env.A.secretKeyRef.name: "a.-b" is not valid; give a name of lower-case letters | a part of a name that begins with a dash
        homelab | env: {MYSQL_DATABASE: blog}      | secretEnv: {A: a..b/c}            | services.mysql.container.secretEnv.A: "a..b/c" is not valid; give a Secret's name or name/key | a Secret's name with two dots
        homelab | allowFrom: [was-service]         | pod: {imagePullSecrets: [registry.]} | services.mysql.pod.imagePullSecrets[0]: "registry." is not valid; give a name of lower-case letters | a Secret's name that ends with a dot
        homelab | allowFrom: [was-service]         | pod: {role: {rules: [{apiGroups: [""], resources: [configmaps], verbs: [escalate]}]}} | services.mysql.pod.role.rules[0].verbs[0]: "escalate" is unknown | a verb that hands out rights
        homelab | allowFrom: [was-service]         | pod: {role: {rules: [{apiGroups: [""], resources: [configmaps], verbs: ["*"]}]}} | services.mysql.pod.role.rules[0].verbs[0]: "*" is unknown | every verb
        homelab | allowFrom: [was-service]         | pod: {role: {rules: [{apiGroups: [""], resources: ["*"], verbs: [get]}]}} | services.mysql.pod.role.rules[0].resources[0]: "*" admits also what nobody thought of; name each | every kind
        homelab | allowFrom: [was-service]         | pod: {role: {rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]}} | services.mysql.pod.role.rules[0].resources[0]: "secrets" are all of the namespace, tokens and certificates too; name those that are meant in resourceNames | all Secrets
        homelab | allowFrom: [was-service]         | pod: {role: {rules: [{apiGroups: [""], resources: [pods/exec], verbs: [create]}]}} | services.mysql.pod.role.reason: is missing, and rules[0] has "pods/exec", by which pods act as others; say why they need it | a shell in other pods
        homelab | {mtls: PERMISSIVE}               | {configMaps: {a: {}}}                 | configMaps.a: holds nothing; give data or binaryData | an empty ConfigMap
        homelab | {mtls: PERMISSIVE}               | {configMaps: {a: {data: {db.password: hunter2}}}} | configMaps.a.data["db.password"]: is a password, and everybody reads it here; put it into a Secret | a password in a ConfigMap
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {configMap: {name: b, defaultMode: 0440}}}} | services.mysql.pod.volumes.a.configMap.defaultMode: "0440" is a number; put it in quotes to mean the text: "0440" | octal digits without quotes
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {configMap: {name: b, defaultMode: "1777"}}}} | services.mysql.pod.volumes.a.configMap.defaultMode: "1777" is not valid; give octal digits in quotes, from "0" to "0777" | a mode beyond 0777
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {secret: {secretName: b, items: [{key: c, path: ../c}]}}}} | services.mysql.pod.volumes.a.secret.items[0].path: "../c" is no path inside a volume | a path out of its volume
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {secret: {secretName: b, items: [{key: c, path: x}, {key: d, path: x}]}}}} | services.mysql.pod.volumes.a.secret.items[1].path: "x" is the path of another one | two files at one path
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {downwardAPI: {items: [{path: ip, fieldRef: status.podIP}]}}}} | services.mysql.pod.volumes.a.downwardAPI.items[0].fieldRef: "status.podIP" is given as a variable alone | a field that is no file
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {downwardAPI: {items: [{path: ip}]}}}} | services.mysql.pod.volumes.a.downwardAPI.items[0]: is not exactly one of fieldRef and resourceFieldRef | a file of nothing
        homelab | writable: [/tmp, /var/run/mysqld] | securityContext: {reason: a reason} | services.mysql.container.securityContext: asks for nothing beyond the others; remove it | an exception from nothing
        homelab | writable: [/tmp, /var/run/mysqld] | securityContext: {capabilities: {add: [SYS_ADMIN]}, reason: a} | securityContext.capabilities.add[0]: "SYS_ADMIN" is no right that Pod Security's baseline admits | a right of root
        homelab | writable: [/tmp, /var/run/mysqld] | lifecycle: {preStop: {sleep: {seconds: 30}}} | services.mysql.container.lifecycle.preStop.sleep.seconds: "30" leaves nothing of the 30 seconds | a pause until the end
        homelab | writable: [/tmp, /var/run/mysqld] | lifecycle: {preStop: {httpGet: {path: /bye, port: web}}} | services.mysql.container.lifecycle.preStop.httpGet.port: there is no port "web"; use one of: mysql | a hook of a port that does not exist
        homelab | probes: {startup: 180s}          | probes: {ready: {grpc: {}, tcpSocket: {}}} | services.mysql.container.probes.ready: is not exactly one of httpGet, grpc, tcpSocket and exec | two questions at once
        homelab | probes: {startup: 180s}          | probes: {ready: {grpc: {port: db}}} | services.mysql.container.probes.ready.grpc.port: there is no port "db"; use one of: mysql | a question to a port that does not exist
        homelab | allowFrom: [was-service]         | pod: {serviceAccountName: default}  | services.mysql.pod.serviceAccountName: "default" is that of all pods of the namespace that name none | an account of all
        homelab | allowFrom: [was-service]         | pod: {labels: {version: v2}}      | services.mysql.pod.labels.version: is made of another key; name versions in release | a label that parts pods from their Service
        homelab | allowFrom: [was-service]         | pod: {labels: {security.istio.io/tlsMode: disabled}} | security.istio.io/tlsMode"]: is Istio's, and decides what the mesh does; remove it | a label of Istio's
        homelab | allowFrom: [was-service]         | pod: {annotations: {traffic.sidecar.istio.io/excludeOutboundPorts: "443"}} | takes calls past the sidecar, and with it past every policy; declare what is called in externals | a way around the sidecar
        homelab | allowFrom: [was-service]         | pod: {annotations: {prometheus.io/port: "1"}} | is made of metrics; write metrics | an annotation that has a key
        homelab | allowFrom: [was-service]         | pod: {tolerations: [{key: a, tolerationSeconds: 5}]} | services.mysql.pod.tolerations[0].tolerationSeconds: "5" counts only for NoExecute | seconds that nobody counts
        homelab | allowFrom: [was-service]         | pod: {nodeSelector: {a b: c}}     | services.mysql.pod.nodeSelector.a b: is no key of a label or annotation | a selector that the API server refuses
        homelab | allowFrom: [was-service]         | pod: {affinity: {nodeAffinity: {}}} | services.mysql.pod.affinity.nodeAffinity: asks for nothing | an affinity for nothing
        homelab | allowFrom: [was-service]         | pod: {volumes: {spare: {emptyDir: {sizeLimit: 1Gi}}}} | services.mysql.pod.volumes.spare: is mounted by no container | a volume that nobody mounts
        homelab | allowFrom: [was-service]         | pod: {volumes: {files: {emptyDir: {sizeLimit: 1Gi}}}} | services.mysql.pod.volumes.files: is the name of a volume that other keys make | a volume with a name that is taken
        homelab | allowFrom: [was-service]         | pod: {hostAliases: [{ip: 192.0.2.1, hostnames: ["*.a.lan"]}]} | services.mysql.pod.hostAliases[0].hostnames[0]: "*.a.lan" stands for many | a hosts file with a wildcard
        homelab | scale: {replicas: 2}             | scale: {vpa: {updateMode: "Auto"}} | services.web-service.scale.vpa.updateMode: "Auto" is unknown; use one of Off | an autoscaler that changes what the file says
        homelab | scale: {replicas: 2}             | scale: {vpa: {updateMode: Off}}   | services.web-service.scale.vpa.updateMode: "Off" is a yes-or-no value; put it in quotes to mean the text: "Off" | a mode that YAML takes for no
        homelab | scale: {replicas: 2}             | scale: {vpa: {minAllowed: {cpu: 2}, maxAllowed: {cpu: 500m}}} | services.web-service.scale.vpa.minAllowed.cpu: "2" is over maxAllowed "500m" | bounds between which nothing is
        homelab | scale: {replicas: 2}             | scale: {vpa: {controlledResources: [memory], maxAllowed: {cpu: 1}}} | services.web-service.scale.vpa.maxAllowed.cpu: bounds what controlledResources leaves out | a bound of what nobody looks at
        homelab | scale: {replicas: 2}             | scale: {vpa: {controlledResources: []}} | services.web-service.scale.vpa.controlledResources: is empty | a recommendation of nothing
        homelab | scale: {replicas: 2}             | scale: {vpa: {controlledResources: [cpu, cpu]}} | services.web-service.scale.vpa.controlledResources: names one twice | one resource twice
        homelab | scale: {replicas: 2}             | scale: {vpa: {minAllowed: {}}}    | services.web-service.scale.vpa.minAllowed: bounds nothing | a bound without a number
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {csi: {driver: secrets-store.csi.k8s.io}}}} | services.mysql.pod.volumes.a.csi.driver: "secrets-store.csi.k8s.io" is unknown; use one of csi.cert-manager.io | a driver that is not installed here
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {csi: {dnsNames: ["a b"]}}}} | services.mysql.pod.volumes.a.csi.dnsNames[0]: "a b" is no name of a host | a name with a blank
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {csi: {duration: 30m}}}} | services.mysql.pod.volumes.a.csi.duration: "30m" is not between 1h and 8760h | a certificate of half an hour
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {csi: {duration: 2h, renewBefore: 2h}}}} | services.mysql.pod.volumes.a.csi.renewBefore: "2h" is not within the duration "2h" | a certificate that is renewed at once
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {csi: {usages: [server auth, server auth]}}}} | services.mysql.pod.volumes.a.csi.usages: names one twice | one usage twice
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {csi: {}, secret: b}}} | services.mysql.pod.volumes.a: is not exactly one of emptyDir | a volume of two kinds
        homelab | allowFrom: [was-service]         | pod: {topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, minDomains: 2}]} | services.mysql.pod.topologySpreadConstraints[0].minDomains: counts only with DoNotSchedule | parts that nobody counts
        homelab | allowFrom: [was-service]         | pod: {topologySpreadConstraints: [{topologyKey: a b, whenUnsatisfiable: DoNotSchedule}]} | services.mysql.pod.topologySpreadConstraints[0].topologyKey.a b: is no key of a label or annotation | a label that the API server refuses
        homelab | allowFrom: [was-service]         | pod: {topologySpreadConstraints: [{topologyKey: a, whenUnsatisfiable: DoNotSchedule}, {topologyKey: a, whenUnsatisfiable: ScheduleAnyway}]} | services.mysql.pod.topologySpreadConstraints: spread over one label twice | two ways of spreading
        homelab | allowFrom: [was-service]         | pod: {dnsConfig: {options: [{name: ndots, value: two}]}} | services.mysql.pod.dnsConfig.options[0].value: "two" is no number | a word as a number
        homelab | allowFrom: [was-service]         | pod: {dnsConfig: {options: [{name: ndots}, {name: ndots}]}} | services.mysql.pod.dnsConfig.options: name one twice | an option twice
        homelab | allowFrom: [was-service]         | pod: {dnsConfig: {searches: ["*.a.lan"]}} | services.mysql.pod.dnsConfig.searches[0]: "*.a.lan" is no domain | a wildcard as a domain
        homelab | allowFrom: [was-service]         | pod: {dnsConfig: {}}              | services.mysql.pod.dnsConfig: asks for nothing | a way of asking that asks for nothing
        homelab | allowFrom: [was-service]         | pod: {volumes: {a: {ephemeral: {size: 10}}}} | services.mysql.pod.volumes.a.ephemeral.size: "10" is less than a mebibyte | a disk of ten bytes
        homelab | allowFrom: [was-service]         | workload: {type: job}             | services.mysql.ports: has no meaning for a workload of type job; remove it | a Job that is called
        homelab | allowFrom: [was-service]         | workload: {type: cronJob, schedule: daily} | services.mysql.workload.schedule: "daily" is no schedule of five fields | a word as a schedule
        homelab | allowFrom: [was-service]         | workload: {type: cronJob, schedule: "CRON_TZ=Asia/Seoul 0 3 * * *"} | zones go to timeZone | a zone in a schedule
        homelab | allowFrom: [was-service]         | workload: {type: existing, labels: {a: b}} | services.mysql.container: is for pods that are made here, and these are run by others | a container of pods that others run
        homelab | allowFrom: [was-service]         | workload: {type: statefulSet, volumeClaimTemplates: {wal: {size: 1Gi}}} | services.mysql.workload.volumeClaimTemplates.wal: is mounted by no container | a claim that nobody mounts
        homelab | [{name: mysql, port: 3306, protocol: mysql}] | []                    | services.mysql.ports: are missing, and callers, routes or metrics need one | callers of a worker
        homelab | {port: 80, protocol: HTTP,       | {port: 15021, protocol: HTTP,     | gateway.listeners[0].port: "15021" is one of the gateway's own | a listener on the gateway's own port
        egov    | mtls: STRICT                     | mtls: STRCIT                      | istio.mtls | a misspelt mode
        """)
    void is_refused_with_its_place_and_remedy(String environment, String right, String wrong, String told, String what)
            throws IOException {
        String file = Files.readString(Fixtures.ENVIRONMENTS.resolve(environment + ".yaml"));
        assertThat(file).contains(right);

        assertThat(problems(file.replaceFirst(
                                java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong))
                        .getBytes(StandardCharsets.UTF_8)))
                .contains(told)
                .containsPattern("file\\.yaml:\\d+:\\d+ ")
                .contains("; ");
    }

    /** What azure's {@code istio} says of an upgrade, and what is wrong with it. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        version: 1.26.2, revision: 1-26-2, from: 1.23.4, tags: {stable: default}  | istio.version: from Istio "1.23.4" to "1.26.2" is 3 minors at once, and at most 2 are supported; go by way of 1.25.5
        version: 1.23.4, revision: 1-23-4, from: 1.25.5, tags: {stable: default}  | istio.from: "1.25.5" is not older than "1.23.4"; write the release that serves today
        version: 1.23.4, revision: 1-23-4, from: 1.23.4, tags: {stable: default}  | istio.from: "1.23.4" is not older than "1.23.4"; write the release that serves today
        version: 1.25.5, from: 1.23.4, tags: {stable: default}                    | istio.revision: both control planes would be named "default"; name the newer one after its release, for example 1-25-5
        version: 1.25.5, revision: default, from: 1.23.4, tags: {stable: default} | istio.revision: "default" is the control plane without a name; leave it out
        version: 1.25.5, revision: 1-25-5, from: 1.23.4                           | istio.tags: two control planes and no tag to choose one by; add one that points at "default", which serves today
        version: 1.25.5, revision: 1-25-5, from: 1.23.4, tags: {stable: 1-26-2}   | istio.tags.stable: there is no control plane "1-26-2"; use one of: default, 1-25-5
        version: 1.25.5, revision: 1-25-5, from: 1.23.4, tags: {1-25-5: default}  | istio.tags.1-25-5: "1-25-5" is the name of a control plane; give the tag a name of its own, for example stable
        version: 1.30.3, revision: 1-30-3, from: 1.28.10, tags: {stable: default} | istio.version: Istio "1.30.3" does not run on Kubernetes "1.30"
        version: 1.25.5, revision: 1-25-5, from: 1.24.6, tags: {stable: default}  | istio.from: Istio "1.24.6" is not in the compatibility table
        """)
    void an_upgrade_that_istio_does_not_support_is_refused(String istio, String told) throws IOException {
        String written = istio.replaceAll(", (?![^{]*})", "\n  ");

        assertThat(azure("version: 1.23.4", written)).contains(told).containsPattern("file\\.yaml:\\d+:\\d+ istio");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        `  user-service: {}`            | `  user-service: {tag: canary}`                 | namespaces.user-service.tag: there is no tag "canary"; add it to istio.tags, or use one of: stable, next
        `  user-service: {}`            | `  user-service: {tag: next, inject: false}`    | namespaces.user-service.tag: "next" chooses who injects, and nobody does; remove it, or inject: false
        `  name: sangsang-gateway`      | `  name: sangsang-gateway\n  tag: edge`         | gateway.tag: there is no tag "edge"; add it to istio.tags, or use one of: stable, next
        `  name: sangsang-gateway`      | `  name: sangsang-gateway\n  tag: next`         | gateway.tag: "next" moves the gateway to "1-25-5" before namespaces default, user-service, product-service, customer-service, management-service, keycloak, frontend; move these first, or give the gateway a tag that still points at "default"
        """)
    void a_namespace_or_gateway_that_chooses_wrongly_is_refused(String right, String wrong, String told)
            throws IOException {
        String upgrading = azureFile().replace("version: 1.23.4", """
            version: 1.25.5
              revision: 1-25-5
              from: 1.23.4
              tags: {stable: default, next: 1-25-5}\
            """);

        assertThat(problems(upgrading.replace(right, wrong.replace("\\n", "\n")).getBytes(StandardCharsets.UTF_8)))
                .contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        stages: [{name: all}], clusters: {seoul: {stage: late}}                   | delivery.fleet.clusters.seoul.stage: there is no stage "late"; add it to stages, or use one of: all
        stages: [{name: all}, {name: all}], clusters: {seoul: {stage: all}}       | delivery.fleet.stages: "all" stands twice; name each stage once
        stages: [{name: all, percentAtOnce: 0}], clusters: {seoul: {stage: all}}  | delivery.fleet.stages[0].percentAtOnce: "0" is not between 1 and 100
        stages: [{name: all}], clusters: {}                                       | delivery.fleet.clusters: is empty; give at least one entry
        """)
    void a_fleet_that_leaves_a_cluster_behind_is_refused(String fleet, String told) throws IOException {
        String hub = azureFile().concat("  fleet: {%s}\n".formatted(fleet));

        assertThat(problems(hub.getBytes(StandardCharsets.UTF_8))).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {store: {type: awsSecretsManager, region: Frankfurt}}                       | secrets.store.region: "Frankfurt" is not valid; give a region such as eu-central-1
        {store: {type: awsSecretsManager, region: eu-central-1, role: secrets}}     | secrets.store.role: "secrets" is not valid; give a role's ARN such as arn:aws:iam::111122223333:role/secrets
        {store: {type: awsSecretsManager, role: "arn:aws:iam::111122223333:role/a"}} | secrets.store.region: is missing; add it
        {store: {type: googleSecretManager, projectID: Shop}}                       | secrets.store.projectID: "Shop" is not valid; give a project's ID such as shop-prod
        {store: {type: googleSecretManager, projectID: shop-prod, serviceAccount: a@example.org}} | secrets.store.serviceAccount: "a@example.org" is no service account of Google; give NAME@PROJECT.iam.gserviceaccount.com
        {store: {type: vault, server: "http://vault.example.org:8200", role: shop}} | secrets.store.server: "http://vault.example.org:8200" would send tokens and secrets in plain text; give it a certificate and write https, with caSecret where its CA is your own
        {store: {type: vault, server: "https://vault.example.org"}}                 | secrets.store.role: is missing; add it
        {store: {type: vault, server: "https://vault.example.org", role: a, path: /kv}} | secrets.store.path: "/kv" is not valid; give a path without a leading slash, such as secret
        {store: {type: vault, server: "https://vault.example.org", role: a, version: v3}} | secrets.store.version: "v3" is unknown
        {store: {type: vault, server: "https://vault.example.org", role: a, caSecret: ca}} | secrets.store.caSecret: "ca" names no key; write secret/key
        {store: {type: awsSecretManager, region: eu-central-1}}                     | secrets.store.type: "awsSecretManager" is unknown; write "awsSecretsManager"
        {store: {type: awsSecretsManager, region: eu-central-1}, synced: {my.shop/a: {b: "c"}}} | secrets.synced["my.shop/a"]: "my.shop/a" names no Secret; write namespace/name
        {store: {type: awsSecretsManager, region: eu-central-1}, synced: {shop/a..b: {b: "c"}}} | secrets.synced["shop/a..b"]: "shop/a..b" names no Secret; write namespace/name
        {store: {type: awsSecretsManager, region: eu-central-1}, synced: {shop/a: {b: "c#"}}} | secrets.synced.shop/a.b: "c#" is no key of a store; write key, or key#property
        """)
    void a_store_that_cannot_be_is_refused(String secrets, String told) throws IOException {
        assertThat(shop("secrets: ".concat(secrets))).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {email: a@example.org, zones: [example.org]}                                | certificates.cloudflareToken: is missing; add it, or another proof: dns01 or http01; or a ca of your own
        {zones: [example.org], cloudflareToken: token/key}                          | certificates.email: is missing; add it
        {email: a@example.org, cloudflareToken: token/key}                          | certificates.zones: is empty; give at least one entry
        {email: a@example.org, zones: [example.org], http01: true}                  | certificates.zones: is proven by nobody; give cloudflareToken or dns01, or remove it: http01 needs no zones
        {email: a@example.org, zones: [example.org], cloudflareToken: token/key, dns01: {type: route53}} | certificates.dns01: is given beside cloudflareToken, and one of them serves the zones; remove one
        {email: a@example.org, zones: [example.org], dns01: {type: route53, hostedZoneID: a}} | certificates.dns01.hostedZoneID: "a" is not valid; give a hosted zone's ID
        {email: a@example.org, zones: [example.org], dns01: {type: route53, accessKeyID: a/b}} | certificates.dns01.secretAccessKey: is missing; add it
        {email: a@example.org, zones: [example.org], dns01: {type: route53, role: "arn:aws:iam::111122223333:role/a", accessKeyID: a/b, secretAccessKey: a/c}} | certificates.dns01.role: "arn:aws:iam::111122223333:role/a" needs no key
        {email: a@example.org, zones: [example.org], dns01: {type: cloudDNS, project: shop-prod, serviceAccount: a@b.iam.gserviceaccount.com, serviceAccountKey: a/b}} | certificates.dns01.serviceAccountKey: "a@b.iam.gserviceaccount.com" needs no key
        {email: a@example.org, zones: [example.org], dns01: {type: azureDNS, subscriptionID: shop, resourceGroupName: a, clientID: 2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4}} | certificates.dns01.subscriptionID: "shop" is not valid; give a UUID in lower case
        {email: a@example.org, zones: [example.org], dns01: {type: azureDNS, subscriptionID: 2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4, resourceGroupName: a, clientID: 2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4, clientSecret: a/b}} | certificates.dns01.tenantID: is missing; add it
        {email: a@example.org, zones: [example.org], dns01: {type: azureDNS, subscriptionID: 2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4, resourceGroupName: a, clientID: 2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4, tenantID: 2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4}} | certificates.dns01.tenantID: a managed identity has its own
        {email: a@example.org, ca: {type: existing, secretName: corp-ca}}           | certificates.ca: asks nobody for a proof; remove email, zones, cloudflareToken, dns01 and http01, or ca
        {ca: {type: selfSigned}}                                                    | certificates.ca.commonName: is missing; add it
        {ca: {type: selfSigned, commonName: " "}}                                   | certificates.ca.commonName: " " is not valid; give a name of at most 64 characters
        """)
    void an_issuer_that_cannot_be_is_refused(String certificates, String told) throws IOException {
        assertThat(shop("certificates: ".concat(certificates))).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {duty: {type: pagerduty}}                                                   | observability.alerts.receivers.duty.routingKey: is missing; add it
        {duty: {type: pagerduty, routingKey: pagerduty}}                            | observability.alerts.receivers.duty.routingKey: "pagerduty" names no key; write secret/key
        {duty: {type: pagerduty, routingKey: a/b, url: "http://events.example.org"}} | observability.alerts.receivers.duty.url: "http://events.example.org" would send a key in plain text; write it with https
        {duty: {type: pagerduty, routingKey: a/b, severities: []}}                  | observability.alerts.receivers.duty.severities: is empty; give at least one entry
        {duty: {type: pagerduty, routingKey: a/b, severities: [info]}}              | observability.alerts.receivers.duty.severities[0]: "info" is unknown
        {duty: {type: opsgenie, apiKey: a/b, apiUrl: "http://api.example.org"}}     | observability.alerts.receivers.duty.apiUrl: "http://api.example.org" would send a key in plain text
        {team: {type: teams, webhookUrl: "https://example.webhook.office.com/a"}}   | observability.alerts.receivers.team.webhookUrl
        {mail: {type: email, smarthost: mail.example.org, from: a@example.org, to: [b@example.org]}} | observability.alerts.receivers.mail.smarthost: "mail.example.org" is not valid; give a host and a port such as mail.example.org:587
        {mail: {type: email, smarthost: "mail.example.org:99999", from: a@example.org, to: [b@example.org]}} | observability.alerts.receivers.mail.smarthost: "99999" is not between 1 and 65535
        {mail: {type: email, smarthost: "mail.example.org:587", from: a@example.org, to: []}} | observability.alerts.receivers.mail.to: is empty; give at least one entry
        {mail: {type: email, smarthost: "mail.example.org:587", from: a@example.org, to: [b@example.org], username: a}} | observability.alerts.receivers.mail.password: is missing; add it, or remove username
        {mail: {type: email, smarthost: "mail.example.org:587", from: a@example.org, to: [b@example.org], password: a/b}} | observability.alerts.receivers.mail.username: is missing; add it
        {mail: {type: email, smarthost: "mail.example.org:25", from: a@example.org, to: [b@example.org], username: a, password: a/b, requireTls: false}} | observability.alerts.receivers.mail.requireTls: lets the password travel in plain text
        {hook: {type: webhook, url: a/b, port: 70000}}                              | observability.alerts.receivers.hook.port
        {hook: {type: webhooks, url: a/b}}                                          | observability.alerts.receivers.hook.type: "webhooks" is unknown; write "webhook"
        """)
    void a_receiver_that_cannot_be_is_refused(String receivers, String told) throws IOException {
        assertThat(shop("observability: {alerts: {receivers: %s}}".formatted(receivers)))
                .contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {prometheus: {type: existing, namespace: metrics}}                          | observability.prometheus.service: is missing; add it
        {prometheus: {type: existing, namespace: metrics, service: a, path: prometheus}} | observability.prometheus.path: "prometheus" is not valid; give a prefix such as /prometheus
        {prometheus: {type: existing, namespace: metrics, service: a, podLabels: {}}} | observability.prometheus.podLabels: is empty; give at least one entry
        {prometheus: {type: existing, namespace: metrics, service: a, operator: {labels: {release: a b}}}} | observability.prometheus.operator.labels.release: "a b" is no value of a label
        {prometheus: {type: outside}}                                               | observability.prometheus.type: "outside" is unknown
        {grafana: {type: existing, namespace: metrics}}                             | observability.grafana.url: is missing; add it
        {grafana: {type: existing, url: "https://grafana.example.org", podLabels: {app: a}}} | observability.grafana.podLabels: names pods in no namespace; add namespace, or remove it
        {grafana: {type: existing, url: "https://grafana.example.org", dataSources: {tempo: a}}} | observability.grafana.dataSources.tempo
        {loki: {type: outside, url: "http://logs.example.org", headers: {Authorization: a/b}}} | observability.loki.url: "http://logs.example.org" would send headers from Secrets in plain text; write it with https, or remove headers
        {loki: {type: outside, url: "https://logs.example.org", headers: {Authorization: a}}} | observability.loki.headers.Authorization: "a" names no key; write secret/key
        {loki: {type: outside, url: "https://logs.example.org", headers: {X-Key: a/b, x-key: a/c}}} | observability.loki.headers.x-key: is given twice, in letters of another case; remove one
        {jaeger: {type: outside, url: "https://spans.example.org/otlp"}}            | observability.jaeger.url: "https://spans.example.org/otlp" has a path, which gRPC does not know; remove it, or say protocol: http
        {jaeger: {type: existing, namespace: tempo, service: tempo}}                | observability.jaeger.podLabels: is missing; add it
        {remoteWrite: {a: {type: outside, url: "http://a.example.org", bearerToken: a/b}}} | observability.remoteWrite.a.url: "http://a.example.org" would send a key in plain text; write it with https
        {remoteWrite: {a: {type: outside, url: "https://a.example.org", username: a}}} | observability.remoteWrite.a.password: is missing; give username and password, or neither
        {remoteWrite: {a: {type: outside, url: "https://a.example.org", username: a, password: a/b, bearerToken: a/c}}} | observability.remoteWrite.a.bearerToken: is a second login beside password; keep one of them
        {remoteWrite: {a: {type: outside, url: "https://a.example.org", queue: {capacity: 500}}}} | observability.remoteWrite.a.queue.capacity: "500" holds not even one request of 2000 samples; raise it, or lower maxSamplesPerSend
        {remoteWrite: {a: {type: outside, url: "https://a.example.org", queue: {maxShards: 0}}}} | observability.remoteWrite.a.queue.maxShards: "0" is not between 1 and 200
        nothing                                                                     | observability: "nothing" is unknown; write none, or the keys of monitoring
        """)
    void monitoring_of_others_that_cannot_be_is_refused(String observability, String told) throws IOException {
        assertThat(shop("observability: ".concat(observability))).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {repository: "git@git.example.org:platform.git"}                            | delivery.knownHosts: is missing, and Argo CD knows no key of "git.example.org"; add the line that ssh-keyscan prints for it
        {repository: "git@git.example.org:platform.git", knownHosts: ["example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbVG5sYzJmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0"]} | delivery.knownHosts: is missing, and Argo CD knows no key of "git.example.org"
        {repository: "git@github.com:shop/platform.git", knownHosts: [github.com]}  | delivery.knownHosts[0]: "github.com" is no line of known_hosts; write what ssh-keyscan prints
        {repository: "https://git.example.org/platform.git", knownHosts: ["git.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbVG5sYzJmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0"]} | delivery.knownHosts: is about SSH, and the repository is read by HTTPS
        {repository: "ssh://git:hunter2@git.example.org/platform.git"}              | delivery.repository: "ssh://git:hunter2@git.example.org/platform.git" is no address of a repository by SSH; write git@host:path
        {repository: "ssh://git@git.example.org:99999/platform.git"}                | delivery.repository: "ssh://git@git.example.org:99999/platform.git" names no port
        {repository: git.example.org/platform.git}                                  | delivery.repository: "git.example.org/platform.git" is not valid; give an address such as https://git.example.org/platform.git or git@git.example.org:platform.git
        """)
    void a_repository_that_cannot_be_read_is_refused(String delivery, String told) throws IOException {
        assertThat(shop("delivery: ".concat(delivery))).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                                                          | observability.alerts.slackWebhook: is missing; add it, or somebody else to receivers
        {slackWebhook: slack/url, warning: "#notices"}                              | observability.alerts.critical: is missing; add it
        {slackWebhook: slack/url, critical: alerts, warning: "#notices"}            | observability.alerts.critical: "alerts" is no channel; start it with "#"
        {critical: "#alerts", receivers: {duty: {type: pagerduty, routingKey: a/b}}} | observability.alerts.critical: is a channel of Slack, and slackWebhook is missing; add it, or remove it
        {receivers: {duty: {type: pagerduty, routingKey: a/b, severities: [critical]}}} | observability.alerts.receivers: tells nobody of alerts of severity "warning"; add it to severities of one
        """)
    void alerts_that_reach_nobody_are_refused(String alerts, String told) throws IOException {
        String base = Files.readString(Path.of("test/resources/agreement/base.yaml"));
        String file = base.replaceFirst("(?m)^  alerts: .*$", "  alerts: ".concat(alerts));

        assertThat(problems(file.getBytes(StandardCharsets.UTF_8))).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {redact: maybe}                            | aiOps.logs.redact
        {redacted: true}                           | aiOps.logs.redacted: is unknown; write "redact"
        {redact: true, alerts: {messages: 4}}      | aiOps.logs.alerts.messages: "4" is not between 5 and 200
        {redact: true, alerts: {messages: 201}}    | aiOps.logs.alerts.messages: "201" is not between 5 and 200
        {redact: true, alerts: {burst: 0}}         | aiOps.logs.alerts.burst: "0" is not between 1 and 100000
        {redact: true, alerts: {except: [mysqll]}} | aiOps.logs.alerts.except[0]: there is no service "mysqll"; add it to services, or use one of:
        {alerts: {}}                               | aiOps.logs.alerts: quotes log lines in metrics and in the chat, and nothing takes secrets out of them
        """)
    void what_is_wrong_with_logs_is_said(String logs, String told) throws IOException {
        String file = Files.readString(Fixtures.ENVIRONMENTS.resolve("homelab.yaml"))
                .concat("\naiOps: {logs: %s}\n".formatted(logs));

        assertThat(problems(file.getBytes(StandardCharsets.UTF_8))).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {evictPod: {services: [web]}}                                     | aiOps.healing.image: is missing; add it
        {image: "example.org/meshwright:1.0.0", evictPod: {services: [web]}} | aiOps.healing.image: "example.org/meshwright:1.0.0" has no digest, and what acts by itself is what somebody looked at
        {image: IMAGE}                                                    | aiOps.healing: has no action; add abortRollout, evictPod or moveMinimum, or remove it
        {image: IMAGE, hourly: 21, evictPod: {services: [web]}}           | aiOps.healing.hourly: "21" is not between 1 and 20
        {image: IMAGE, token: a, evictPod: {services: [web]}}             | aiOps.healing.token: "a" names no key; write secret/key
        {image: IMAGE, deletePod: {services: [web]}}                      | aiOps.healing.deletePod: is unknown
        {image: IMAGE, evictPod: {services: []}}                          | aiOps.healing.evictPod.services: is empty
        {image: IMAGE, evictPod: {services: [web, web]}}                  | aiOps.healing.evictPod.services[1]: "web" is named twice
        {image: IMAGE, evictPod: {services: [web], least: 0}}             | aiOps.healing.evictPod.least: "0" is not between 1 and 100
        {image: IMAGE, evictPod: {services: [web], alerts: [ServiceErrorBudgetBurnsFast]}} | aiOps.healing.evictPod.alerts[0]: "ServiceErrorBudgetBurnsFast" is about a service, and evictPod asks for a pod; use one of MemoryReachesLimit,
        {image: IMAGE, evictPod: {services: [web], alerts: []}}           | aiOps.healing.evictPod.alerts: is empty
        {image: IMAGE, abortRollout: {services: [web], alerts: [MemoryReachesLimit]}} | aiOps.healing.abortRollout.alerts[0]: "MemoryReachesLimit" is about a pod, and abortRollout asks for a service
        {image: IMAGE, abortRollout: {services: [web], alerts: [GatewayDown]}} | aiOps.healing.abortRollout.alerts[0]: "GatewayDown" is unknown; use one of ServiceErrorBudgetBurnsFast
        {image: IMAGE, moveMinimum: {services: {web: 1}}}                 | aiOps.healing.moveMinimum.services.web: "1" is not between 2 and 1000
        {image: IMAGE, moveMinimum: {services: [web]}}                    | aiOps.healing.moveMinimum.services
        {image: IMAGE, moveMinimum: {services: {wbe: 4}}}                 | aiOps.healing.moveMinimum.services.wbe: there is no service "wbe"; add it to services, or use one of: web, api
        """)
    void what_is_wrong_with_healing_is_said(String healing, String told) throws IOException {
        String image = "example.org/meshwright:1.0.0@sha256:".concat("0123456789abcdef".repeat(4));

        assertThat(shop("aiOps: {healing: %s}\n".formatted(healing.replace("IMAGE", "\"%s\"".formatted(image)))))
                .contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        image: "docker.io/robustadev/holmes:0.46.0" | aiOps.assistant.image: "docker.io/robustadev/holmes:0.46.0" has no digest
        server: "registry.example.org/meshwright:0.1.0" | aiOps.assistant.server: "registry.example.org/meshwright:0.1.0" has no digest
        modelKey: holmes                           | aiOps.assistant.modelKey: "holmes" names no key; write secret/key
        apiKey: holmes                             | aiOps.assistant.apiKey: "holmes" names no key; write secret/key
        serverToken: holmes-server                 | aiOps.assistant.serverToken: "holmes-server" names no key; write secret/key
        argoCdToken: holmes                        | aiOps.assistant.argoCdToken: "holmes" names no key; write secret/key
        serverToken: holmes/token                  | aiOps.assistant.serverToken: lies in Secret "holmes" beside other keys
        configMaps: {shop: []}                     | aiOps.assistant.configMaps.shop: names no ConfigMap; name one, or remove it
        apiServer: [10.0.0.1/33]                   | aiOps.assistant.apiServer[0]
        allowFrom: [nobody]                        | there is no service "nobody"
        models: azure                              | aiOps.assistant.models: is unknown; write "model"
        image: null                                | aiOps.assistant.image: is missing
        """)
    void what_is_wrong_with_the_assistant_is_said(String key, String told) throws IOException {
        assertThat(shop(MergedYaml.of(
                        Files.readString(Fixtures.ENVIRONMENTS.resolve("assistant.yaml")),
                        "aiOps: {assistant: {%s}}".formatted(key))))
                .contains(told)
                .doesNotContain("Exception");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        aiOps: {kialiChat: {model: null}}                 | aiOps.kialiChat.model: is missing; add it
        aiOps: {kialiChat: {modelKey: null}}              | aiOps.kialiChat.modelKey: is missing; add it
        aiOps: {kialiChat: {modelKey: kiali-model}}       | aiOps.kialiChat.modelKey: "kiali-model" names no key; write secret/key
        aiOps: {kialiChat: {modelKey: Kiali_Model/key}}   | aiOps.kialiChat.modelKey: "Kiali_Model/key"
        aiOps: {kialiChat: {model: azur}}                 | aiOps.kialiChat.model: there is no model "azur"; declare it in aiOps.models
        aiOps: {kialiChat: {model: "https://a.example"}}  | aiOps.kialiChat.model: "https://a.example"
        aiOps: {kialiChat: azure}                         | aiOps.kialiChat:
        aiOps: {kialiChat: {enabled: true}}               | aiOps.kialiChat.enabled: is unknown
        aiOps: {kialiChat: {tools: [manage_istio_config]}} | aiOps.kialiChat.tools: is unknown
        aiOps: {kialiChat: {models: azure}}               | aiOps.kialiChat.models: is unknown; write "model"
        aiOps: {models: null}                             | aiOps.kialiChat.model: there is no model "azure"; declare it in aiOps.models
        istio: {version: 1.26.8}                          | aiOps.kialiChat: would change the mesh: Kiali "2.9.0" knows no list of tools for it; remove it until
        observability: {kiali: {enabled: false}}          | aiOps.kialiChat: is Kiali's, and none runs; remove it, or let Kiali run
        observability: {kiali: {login: anonymous}}        | aiOps.kialiChat: asks a model at your cost for whoever opens Kiali
        externals: null                                   | aiOps.kialiChat.model: is at "shop.openai.azure.com", which is in no entry of externals
        externals: {openai: {originateTls: true}}         | aiOps.kialiChat.model: is called by Kiali itself, by https and from its own pod
        aiOps: {models: {azure: {url: "https://shop.openai.azure.com:8443"}}} | aiOps.kialiChat.model: is asked at port "8443" of "shop.openai.azure.com", which its entry of externals does not have
        aiOps: {models: {azure: {url: "http://shop.openai.azure.com"}}} | aiOps.models.azure.url: http://shop.openai.azure.com is no https address
        """)
    void what_is_wrong_with_the_chat_of_kiali_is_said(String piece, String told) throws IOException {
        assertThat(shop(MergedYaml.of(Files.readString(Fixtures.ENVIRONMENTS.resolve("kiali-chat.yaml")), piece)))
                .contains(told)
                .doesNotContain("Exception");
    }

    private static String shop(String piece) throws IOException {
        String base = Files.readString(Path.of("test/resources/agreement/base.yaml"));
        return problems(MergedYaml.of(base, piece).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void two_services_with_one_name_are_refused() throws IOException {
        String file = Files.readString(Fixtures.ENVIRONMENTS.resolve("homelab.yaml"))
                .replace("  was-service:\n", "  mysql:\n");

        assertThat(problems(file.getBytes(StandardCharsets.UTF_8)))
                .contains("mysql")
                .containsPattern("file\\.yaml:\\d+:\\d+ ");
    }

    @Test
    void an_empty_file_is_refused() {
        assertThat(problems(new byte[0])).contains("file.yaml:1:1");
    }

    @Test
    void a_file_that_is_not_utf_8_is_refused() {
        assertThat(problems(new byte[] {'a', ':', ' ', (byte) 0xc3, (byte) 0x28}))
                .contains("UTF-8");
    }

    @Test
    void a_syntax_error_is_refused_at_its_line() {
        assertThat(problems("metadata: {name: homelab\nkind: Environment\n".getBytes(StandardCharsets.UTF_8)))
                .containsPattern("file\\.yaml:[12]:\\d+");
    }

    @Test
    void every_problem_of_a_file_is_told_at_once() throws IOException {
        String file = Files.readString(Fixtures.ENVIRONMENTS.resolve("homelab.yaml"))
                .replace("replicas: 2", "replicas: two")
                .replace("origin: HTTP}", "origin: HTP}");

        assertThat(problems(file.getBytes(StandardCharsets.UTF_8)).lines()).hasSize(3);
    }

    private static String azureFile() throws IOException {
        return Files.readString(Fixtures.ENVIRONMENTS.resolve("azure.yaml"));
    }

    private static String azure(String right, String wrong) throws IOException {
        return problems(azureFile().replace(right, wrong).getBytes(StandardCharsets.UTF_8));
    }

    private static String problems(byte[] file) {
        Reading<Environment> reading = EnvironmentReader.read("file.yaml", file);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return String.join(
                "\n",
                ((Reading.Refused<Environment>) reading)
                        .problems().stream().map(Object::toString).toList());
    }
}
