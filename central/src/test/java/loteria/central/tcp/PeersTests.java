package loteria.central.tcp;

import java.net.InetAddress;
import java.util.List;

import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PeersTests {

	private static @Nullable Speaker speaker(String address, String... peers) {
		return Peers.parse(List.of(peers)).of(InetAddress.ofLiteral(address));
	}

	private static boolean maySpeak(@Nullable Speaker speaker, int agency) {
		return speaker != null && speaker.refusal(agency) == null;
	}

	@Test
	void letsAnybodySpeakForAnyAgencyWhereThereAreNone() {
		Speaker speaker = speaker("10.9.9.9");
		assertThat(maySpeak(speaker, 1)).isTrue();
		assertThat(maySpeak(speaker, Integer.MAX_VALUE)).isTrue();
		assertThat(maySpeak(speaker, 0)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "10.0.1.0, true, false", "10.0.1.255, true, false", "10.0.2.0, false, true",
			"10.0.5.255, false, false", "10.0.6.7, false, false", "fd00::1, true, true", "fe00::1, false, false",
			"::ffff:10.0.1.9, true, false" })
	void letsAnAddressSpeakForTheAgenciesOfItsNetworks(String address, boolean one, boolean two) {
		Speaker speaker = speaker(address, "10.0.1.0/24=1", "10.0.2.0/23=2-5", "10.0.4.0/22=7", "fd00::/8");
		assertThat(maySpeak(speaker, 1)).isEqualTo(one);
		assertThat(maySpeak(speaker, 2)).isEqualTo(two);
	}

	@Test
	void letsAnAddressSpeakForThoseOfEveryNetworkThatItIsIn() {
		Speaker speaker = speaker("10.0.1.7", "10.0.1.7=1", "10.0.1.0/24=3-4", "0.0.0.0/0=9");
		assertThat(List.of(1, 2, 3, 4, 5, 9)).filteredOn((agency) -> maySpeak(speaker, agency))
			.containsExactly(1, 3, 4, 9);
	}

	@Test
	void saysWhoMayNotSpeakFromWhere() {
		Speaker speaker = speaker("10.0.1.7", "10.0.1.7=1-2");
		assertThat(speaker).isNotNull();
		assertThat(speaker.refusal(3)).isEqualTo(
				new Refusal(Reason.FORBIDDEN, "agency 3 may not speak from 10.0.1.7, central.listeners.<name>.peers"));
		assertThat(speaker.refusal(0)).hasToString("forbidden: an agency that has not said which it is "
				+ "may not speak from 10.0.1.7, central.listeners.<name>.peers");
	}

	@Test
	void knowsTheAgencyWhereThereIsOnlyOne() {
		assertThat(speaker("10.0.1.7", "10.0.1.7=2")).extracting(Speaker::agency).asString().contains("[2]");
		assertThat(speaker("10.0.1.7", "10.0.1.7=2-3")).extracting(Speaker::agency).asString().contains("empty");
		assertThat(speaker("10.0.1.7", "10.0.1.7")).extracting(Speaker::agency).asString().contains("empty");
	}

	@Test
	void joinsTwoSpeakersIntoOneWhoMayOnlyWhatBothMay() {
		Speaker one = speaker("10.0.1.7", "10.0.1.7=1-3");
		Speaker other = speaker("10.0.1.7", "10.0.1.7=3");
		assertThat(one).isNotNull();
		assertThat(other).isNotNull();
		Speaker both = one.and(other);
		assertThat(List.of(1, 2, 3, 4)).filteredOn((agency) -> maySpeak(both, agency)).containsExactly(3);
		assertThat(both.agency()).hasValue(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost=1", "10.0.1=1/", "10.0.1.0/33", "10.0.1.7/24", "10.0.1.0/-1", "10.0.1.0/x",
			"10.0.1.7=", "10.0.1.7=0", "10.0.1.7=3-2", "10.0.1.7=1,2", "10.0.1.7=-", "=1", "300.1.1.1=1" })
	void refusesWhatIsNoNetworkOrNoAgency(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Peers.parse(List.of(text)));
	}

}
