package io.meshwright.check.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    private static final Map<String, Object> SELF = Map.of(
            "ip",
            "10.1.2.3",
            "numbers",
            List.of(3L, 1L, 2L),
            "none",
            List.of(),
            "map",
            Map.of("a", 1L, "b", 2L),
            "size",
            "1500M",
            "link",
            "https://example.org/a");

    private static Object value(String expression) throws CelEvaluationException {
        CelRuntime.Program program =
                Language.program(expression).orElseThrow(() -> new AssertionError(Language.complaint(expression)));
        return program.eval(Map.of("self", SELF));
    }

    static Stream<String> true_ones() {
        return """
        isIP('127.0.0.1') && isIP('::1') && !isIP('127.0.0.256') && !isIP(':::1') && !isIP('::ffff:1.2.3.4')
        !isIP('::ffff:102:304') && !isIP('fe80::1%eth0') && !isIP('010.0.0.1')
        ip.isCanonical('127.0.0.1') && ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')
        !ip.isCanonical('2001:db8::0:0:0:abcd') && ip.isCanonical('::') && ip.isCanonical('1:0:0:2::3')
        ip('127.0.0.1').family() == 4 && ip('::1').family() == 6
        ip('0.0.0.0').isUnspecified() && !ip('127.0.0.1').isUnspecified() && ip('::').isUnspecified()
        ip('127.0.0.1').isLoopback() && !ip('192.168.0.1').isLoopback() && ip('::1').isLoopback()
        !ip('2001:db8::abcd').isLoopback() && !ip('::1').isUnspecified()
        ip('224.0.0.1').isLinkLocalMulticast() && !ip('224.0.1.1').isLinkLocalMulticast()
        ip('ff02::1').isLinkLocalMulticast() && !ip('fd00::1').isLinkLocalMulticast()
        ip('169.254.169.254').isLinkLocalUnicast() && !ip('192.168.0.1').isLinkLocalUnicast()
        ip('fe80::1').isLinkLocalUnicast() && !ip('fd80::1').isLinkLocalUnicast()
        ip('192.168.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()
        ip('2001:db8::abcd').isGlobalUnicast() && !ip('ff00::1').isGlobalUnicast()
        ip('2001:db8::1') == ip('2001:DB8:0::1') && ip(self.ip).family() == 4
        string(ip('2001:DB8::1')) == '2001:db8::1' && string(cidr('10.0.0.0/8')) == '10.0.0.0/8'
        isCIDR('192.168.0.0/16') && isCIDR('::1/128') && !isCIDR('192.168.0.0/33') && !isCIDR('::1/129')
        cidr('192.168.0.0/24').containsIP(ip('192.168.0.1')) && !cidr('192.168.0.0/24').containsIP(ip('192.168.1.1'))
        cidr('192.168.0.0/24').containsIP('192.168.0.1') && !cidr('192.168.0.0/24').containsIP('192.168.1.1')
        cidr('192.168.0.0/16').containsCIDR(cidr('192.168.10.0/24'))
        !cidr('192.168.1.0/24').containsCIDR(cidr('192.168.2.0/24')) && cidr('10.0.0.0/8').containsIP(self.ip)
        cidr('192.168.0.0/16').containsCIDR('192.168.10.0/24') && !cidr('192.168.1.0/24').containsCIDR('192.168.2.0/24')
        cidr('192.168.0.1/24').ip() == ip('192.168.0.1') && cidr('::1/128').ip().family() == 6
        cidr('192.168.0.0/24') == cidr('192.168.0.0/24').masked()
        cidr('192.168.0.1/24') != cidr('192.168.0.1/24').masked()
        cidr('192.168.0.0/16').prefixLength() == 16 && cidr('::1/128').prefixLength() == 128
        isQuantity('1.3G') && isQuantity('1.3Gi') && !isQuantity('1,3G') && isQuantity('10000k') && !isQuantity('200K')
        !isQuantity('Three') && !isQuantity('Mi') && isQuantity(self.size)
        quantity('50000000G').isInteger() && quantity('50k').isInteger() && quantity('50k').asInteger() == 50000
        !quantity('9999999999999999999999999999999999999G').isInteger() && !quantity('100m').isInteger()
        quantity('50k').sub(20000).asApproximateFloat() == 30000.0
        quantity('50k').add(quantity('20k')) == quantity('70k') && quantity('50k').add(20) == quantity('50020')
        quantity('50k').sub(quantity('20k')) == quantity('30k') && quantity('50k').sub(20000) == quantity('30k')
        quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')
        quantity('200M').compareTo(quantity('0.2G')) == 0 && quantity('50M').compareTo(quantity('50Mi')) == -1
        quantity('50Mi').compareTo(quantity('50M')) == 1 && quantity('-1').sign() == -1 && quantity('0').sign() == 0
        quantity('150Mi').isGreaterThan(quantity('100Mi')) && !quantity('50Mi').isGreaterThan(quantity('100Mi'))
        quantity('50M').isLessThan(quantity('100M')) && !quantity('100M').isLessThan(quantity('50M'))
        isURL('https://user:pass@example.com:80/path?query=val#fragment') && isURL('/absolute-path')
        !isURL('https://a:b:c/') && !isURL('../relative-path') && isURL('oci://registry/${X}/{{ .y }}')
        url('/path').getScheme() == '' && url('https://example.com/').getScheme() == 'https'
        url('https://example.com:80/').getHost() == 'example.com:80'
        url('https://example.com/').getHost() == 'example.com'
        url('https://[::1]:80/').getHost() == '[::1]:80' && url('https://[::1]/').getHost() == '[::1]'
        url('/path').getHost() == '' && url('/path').getHostname() == '' && url('/path').getPort() == ''
        url('https://example.com:80/').getHostname() == 'example.com' && url('https://[::1]:80/').getHostname() == '::1'
        url('https://127.0.0.1:80/').getHostname() == '127.0.0.1' && url('https://example.com:80/').getPort() == '80'
        url('https://example.com/').getPort() == '' && url('https://example.com/path').getEscapedPath() == '/path'
        url('https://example.com/path with spaces/').getEscapedPath() == '/path%20with%20spaces/'
        url('https://example.com').getEscapedPath() == '' && url(self.link).getEscapedPath() == '/a'
        url('https://example.com/path?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}
        url('https://example.com/path?a key=a value').getQuery() == {'a key': ['a value']}
        url('https://example.com/path?').getQuery() == {} && url('https://example.com/path').getQuery() == {}
        'abc 123'.find('[0-9]+') == '123' && 'abc 123'.find('xyz') == '' && 'abc 123'.find('[0-9]*') == ''
        '123 abc 456'.findAll('[0-9]+') == ['123', '456'] && '123 abc 456'.findAll('[0-9]+', 1) == ['123']
        '123 abc 456'.findAll('xyz') == [] && '123 abc 456'.findAll('[0-9]+', -1).size() == 2
        [1, 2, 3].isSorted() && ['a', 'b', 'b', 'c'].isSorted() && ![2.0, 1.0].isSorted() && [1].isSorted()
        [].isSorted()
        [1, 3].sum() == 4 && [1.0, 3.0].sum() == 4.0 && self.none.sum() == 0 && self.numbers.sum() == 6
        [duration('1m'), duration('1s')].sum() == duration('1m1s') && !self.numbers.isSorted()
        [1, 3].min() == 1 && [1, 3].max() == 3 && [1].min() == 1 && ([0] + self.none).min() == 0
        self.numbers.max() == 3
        [1, 2, 2, 3].indexOf(2) == 1 && ['a', 'b', 'b', 'c'].lastIndexOf('b') == 2 && [1.0].indexOf(1.1) == -1
        [].indexOf('string') == -1 && self.numbers.indexOf(1) == 1 && 'abcb'.indexOf('b') == 1
        'abcb'.lastIndexOf('b') == 3
        !format.dns1123Label().validate('my-label').hasValue() && format.dns1123Label().validate('My').hasValue()
        format.named('dns1123Label').value().validate('a.b').value().size() == 1 && !format.named('x').hasValue()
        !format.dns1123Subdomain().validate('a.b').hasValue() && format.dns1123Subdomain().validate('a..b').hasValue()
        !format.dns1035Label().validate('a1').hasValue() && format.dns1035Label().validate('1a').hasValue()
        !format.qualifiedName().validate('a.b/C_d').hasValue() && format.qualifiedName().validate('a/b/c').hasValue()
        !format.dns1123LabelPrefix().validate('a-').hasValue() && format.dns1123Label().validate('a-').hasValue()
        !format.labelValue().validate('').hasValue() && format.labelValue().validate('a b').hasValue()
        !format.uri().validate('http://example.com').hasValue() && format.uri().validate('a').hasValue()
        !format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue()
        format.uuid().validate('1').hasValue()
        !format.byte().validate('aGVsbG8=').hasValue() && format.byte().validate('a b').hasValue()
        !format.date().validate('2021-01-01').hasValue() && format.date().validate('2021-13-01').hasValue()
        !format.datetime().validate('2021-01-01T00:00:00Z').hasValue() && format.datetime().validate('2021').hasValue()
        isSemver('1.0.0') && !isSemver('hello') && !isSemver('v1.0') && isSemver('v1.0', true)
        isSemver('0.1.0-alpha.1')
        semver('v1.0.0', true) == semver('1.0.0') && semver('1.0', true) == semver('1.0.0')
        semver('01.01.01', true) == semver('1.1.1') && !isSemver('1.0.0-01')
        semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('1.2.3').patch() == 3
        semver('1.2.3').compareTo(semver('1.2.3')) == 0 && semver('1.2.3').compareTo(semver('2.0.0')) == -1
        semver('1.2.3').compareTo(semver('0.1.2')) == 1 && semver('1.0.0-rc.1').isLessThan(semver('1.0.0'))
        semver('1.0.0-rc.10').isGreaterThan(semver('1.0.0-rc.9')) && semver('1.0.0-1').isLessThan(semver('1.0.0-a'))
        sets.contains([1, 2], [2]) && sets.equivalent([1, 2], [2, 1]) && sets.intersects([1], [1, 2])
        self.map.all(k, v, v > 0) && self.map.exists(k, v, k == 'a' && v == 1) && [5, 6].all(i, v, v == i + 5)
        self.map.transformMap(k, v, v * 2) == {'a': 2, 'b': 4} && [1, 2].transformList(i, v, i + v) == [1, 3]
        self.?gone.orValue('none') == 'none' && optional.of(1).hasValue() && self.map[?'c'].orValue(0) == 0
        'Hello'.lowerAscii() == 'hello' && 'a,b'.split(',') == ['a', 'b'] && ['a', 'b'].join('-') == 'a-b'
        ' a '.trim() == 'a' && 'abc'.substring(1) == 'bc' && 'abc'.charAt(1) == 'b' && 'aba'.replace('a', 'c') == 'cbc'
        '%s has %d'.format(['it', 2]) == 'it has 2' && strings.quote('a') == '"a"' && 'abc'.reverse() == 'cba'
        '%.2f %e %x %X %b %%'.format([1.5, 1.0, 255, 'a', 5]) == '1.50 1.000000e+00 ff 61 101 %'
        '%s %s %s'.format([[1, 'a'], {'b': true}, 2.0]) == '[1, a] {b: true} 2'
        1.0 < 2 && 2 > 1.5 && size(self.numbers) == 3 && has(self.ip) && self.ip.matches('^[0-9.]+$')
        """.lines();
    }

    @ParameterizedTest
    @MethodSource("true_ones")
    void what_the_reference_says_is_true_is_true(String expression) throws CelEvaluationException {
        assertThat(value(expression)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip('127.0.0.256')",
                "ip(':::1')",
                "cidr('192.168.0.0/33')",
                "cidr('::1/129')",
                "quantity('200K')",
                "quantity('Three')",
                "quantity('Mi')",
                "quantity('9999999999999999999999999999999999999G').asInteger()",
                "url('https://a:b:c/')",
                "url('../relative-path')",
                "[].min()",
                "'%d'.format(['a'])",
                "'%s'.format([])",
                "semver('1.0')"
            })
    void what_the_reference_says_is_an_error_is_one(String expression) {
        assertThatThrownBy(() -> value(expression)).isInstanceOf(CelEvaluationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"self.", "nothing(self)", "self.ip.nothing()", "authorizer.path('/')"})
    void what_is_no_expression_has_no_program(String expression) {
        assertThat(Language.program(expression)).isEmpty();
    }
}
