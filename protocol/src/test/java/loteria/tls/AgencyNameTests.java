package loteria.tls;

import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AgencyNameTests {

	@Test
	void namesTheAgency() {
		assertThat(AgencyName.in(TestCertificates.agency(2147483647).certificate())).hasValue(2147483647);
		assertThat(AgencyName.in(TestCertificates.central().certificate())).isEmpty();
	}

	@Test
	void theCommonNameMayNameTheAgencyToo() {
		assertThat(name("urn:loteria:agency:4")).hasValue(4);
		assertThat(name("agency-4")).isEmpty();
		assertThat(name("urn:loteria:agency:0")).isEmpty();
	}

	@Test
	void oneThatNamesTwoAgenciesNamesNone() {
		assertThat(name("urn:loteria:agency:4", AgencyName.of(5))).isEmpty();
		assertThat(name("urn:loteria:agency:5", AgencyName.of(5))).hasValue(5);
	}

	private static OptionalInt name(String commonName, String... uris) {
		return AgencyName.in(TestCertificates.named(commonName, uris).certificate());
	}

}
