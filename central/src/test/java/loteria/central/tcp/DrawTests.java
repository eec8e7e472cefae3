package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import loteria.central.RunningCentral;
import loteria.central.store.StoreFailure;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * When the draw happens, and what those get who wait for it.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class DrawTests {

	private static final String OK = "R:1\nOK\n";

	private static final String FAIL = "R:1\nFAIL\n";

	private static final String FINISH = "F:1\nFINISHED\n";

	@TempDir
	Path store;

	@Test
	void whoWaitsTooLongIsRefusedAndGetsItsWinnersWhenItAsksAgain(CapturedOutput output) throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=2",
				"--central.draw.timeout=300ms"); Peer first = peer(central); Peer second = peer(central)) {
			first.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n" + FINISH);
			assertThat(first.receiveLines(4)).isEqualTo(OK + FAIL);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(output).contains("action: consulta_ganadores | result: fail")
					.contains("draw_timeout: 1 of 2 agencies"));
			assertThat(output).doesNotContain("sorteo");

			second.send("S:1\n2;Eva;Sol;22;1990-01-01;7574\n" + FINISH);
			assertThat(second.receiveLines(4)).isEqualTo(OK + "W:1\n22\n");
			first.send(FINISH);
			assertThat(first.receiveLines(2)).isEqualTo("W:1\n11\n");
		}
		// by now the log has been written
		assertThat(output.getOut().lines().filter((line) -> line.contains("sorteo"))).hasSize(1);
	}

	@Test
	void anAgencyCountsOnceHoweverOftenItFinishes() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=2",
				"--central.draw.timeout=200ms"); Peer peer = peer(central)) {
			peer.send("H:1\n1\n" + FINISH + FINISH + FINISH);
			assertThat(peer.receiveLines(8)).isEqualTo("H:0\nOPEN\n" + FAIL + FAIL + FAIL);
		}
	}

	@Test
	void anAgencyWithoutNameCountsWhileItWaits() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=2",
				"--central.draw.timeout=300ms"); Peer unnamed = peer(central); Peer named = peer(central)) {
			unnamed.send(FINISH);
			assertThat(unnamed.receiveLines(2)).isEqualTo(FAIL);
			unnamed.send(FINISH);
			named.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n" + FINISH);
			assertThat(named.receiveLines(4)).isEqualTo(OK + "W:1\n11\n");
			assertThat(unnamed.receiveLines(2)).isEqualTo("W:0\nN\n");
		}
	}

	@Test
	void afterARestartEveryAgencyStillGetsItsWinnersAndNobodyBets(CapturedOutput output) throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=1");
				Peer peer = peer(central)) {
			peer.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n" + FINISH);
			assertThat(peer.receiveLines(4)).isEqualTo(OK + "W:1\n11\n");
		}
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=1");
				Peer peer = peer(central);
				Peer late = peer(central)) {
			peer.send("H:1\n1\n" + FINISH);
			assertThat(peer.receiveLines(4)).isEqualTo("H:1\nCLOSED\nW:1\n11\n");
			late.send("S:1\n5;Eva;Sol;22;1990-01-01;7574\n");
			assertThat(late.receiveLines(2)).isEqualTo(FAIL);
			assertThat(central.refusals("lines", "drawn")).isEqualTo(1);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("sorteo"))).hasSize(1);
	}

	@Test
	void agenciesThatFinishedBeforeACrashNeedNotFinishAgain() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=2",
				"--central.draw.timeout=100ms"); Peer peer = peer(central)) {
			peer.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n" + FINISH);
			assertThat(peer.receiveLines(4)).isEqualTo(OK + FAIL);
		}
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=2");
				Peer peer = peer(central)) {
			peer.send("H:1\n2\n" + FINISH);
			assertThat(peer.receiveLines(4)).isEqualTo("H:0\nOPEN\nW:0\nN\n");
		}
	}

	@Test
	void aDirectoryCanBeNamedAfterTheDraw() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store.resolve("${central.draw.name}"),
				"--central.draw.name=navidad", "--central.agencies=1"); Peer peer = peer(central)) {
			peer.send(FINISH);
			assertThat(peer.receiveLines(2)).isEqualTo("W:0\nN\n");
		}
		assertThat(this.store.resolve("navidad/draw.json")).content().contains("\"name\" : \"navidad\"");
	}

	@Test
	void whoeverWaitsWhenTheCentralStopsIsRefused() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=2");
				Peer peer = peer(central);
				Peer other = peer(central)) {
			peer.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n" + FINISH);
			assertThat(peer.receiveLines(2)).isEqualTo(OK);
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
				other.send("H:1\n1\n");
				return other.receiveLines(2).equals("H:1\nCLOSED\n");
			});
			central.stop();
			assertThat(peer.receiveAll()).isEqualTo(FAIL);
		}
	}

	@Test
	void theDrawSaysOverWhoseBetsItIs(CapturedOutput output) throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=2");
				Peer first = peer(central);
				Peer second = peer(central);
				Peer uninvited = peer(central)) {
			uninvited.send("S:2\n3;Ana;Paz;11;1990-01-01;1~3;Ana;Paz;12;1990-01-01;2\n");
			assertThat(uninvited.receiveLines(2)).isEqualTo(OK);
			first.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n" + FINISH);
			assertThat(first.receiveLines(2)).isEqualTo(OK);
			second.send("H:1\n2\n" + FINISH);
			assertThat(second.receiveLines(4)).isEqualTo("H:0\nOPEN\nW:0\nN\n");
		}
		// by now the log has been written
		assertThat(output)
			.contains(" | agencies: 2 | bets: 3 | bets_of: 1=1, 2=0, 3=2 | unfinished: 3 | winners: 1 | ");
	}

	@Test
	void aStoreThatHasBetsOfOthersIsNotOpenedForAList() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=5");
				Peer peer = peer(central)) {
			peer.send("S:1\n6;Ana;Paz;11;1990-01-01;7574\n");
			assertThat(peer.receiveLines(2)).isEqualTo(OK);
		}
		assertThatThrownBy(() -> RunningCentral.start(this.store, "--central.agencies=1-5")).rootCause()
			.isInstanceOf(StoreFailure.class)
			.hasMessage("central.agencies=1-5, but the store has bets of others, or that they have finished: 6; "
					+ "list them too, or begin another draw in another central.store.directory");
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=1-6")) {
			assertThat(central.finished()).isZero();
		}
	}

	@Test
	void twoClientsOfOneAgencyStoreNothingTwice() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=1");
				Peer one = peer(central);
				Peer two = peer(central)) {
			one.send("H:1\n1\n");
			assertThat(one.receiveLines(2)).isEqualTo("H:0\nOPEN\n");
			two.send("H:1\n1\n");
			assertThat(two.receiveLines(2)).isEqualTo("H:0\nOPEN\n");
			one.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n");
			assertThat(one.receiveLines(2)).isEqualTo(OK);
			two.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\nS:1\n1;Eva;Sol;12;1990-01-01;7574\n");
			assertThat(two.receiveLines(4)).isEqualTo(FAIL + FAIL);
			assertThat(central.refusals("lines", "out_of_sequence")).isEqualTo(2);
			two.send("H:1\n1\nS:1\n1;Eva;Sol;12;1990-01-01;7574\n");
			assertThat(two.receiveLines(4)).isEqualTo("H:1\nOPEN\n" + OK);
			assertThat(central.bets()).isEqualTo("1,Ana,Paz,11,1990-01-01,7574\r\n1,Eva,Sol,12,1990-01-01,7574\r\n");
		}
	}

	private static Peer peer(RunningCentral central) throws IOException {
		return new Peer(central.port("lines"));
	}

}
