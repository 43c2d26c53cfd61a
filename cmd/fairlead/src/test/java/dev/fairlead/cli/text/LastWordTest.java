package dev.fairlead.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which line of what a program said stands in the first line of an explanation.
class LastWordTest {
    @Test
    void whatSomebodyElseEndedHasNoLastWord() {
        var cause =
                new Cause(
                        CauseCode.EXITED,
                        "was ended by SIGKILL after 3.0 s",
                        List.of(),
                        List.of("listening"));
        assertThat(LastWord.of(cause)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    EXITED       | starting;out of cheese                                            | out of cheese
                    EXITED       | Exception in thread "main" a.B: no;  at a.C.d(E.java:1);Caused by: java.net.ConnectException: refused;  ... 3 more | Caused by: java.net.ConnectException: refused
                    EXITED       | Traceback (most recent call last):;  File "a.py", line 1;ValueError: bad port | ValueError: bad port
                    EXITED       | Error: Cannot find module 'x';    at load (node:1);  code: 'MODULE_NOT_FOUND';};Node.js v22.1.0 | Error: Cannot find module 'x'
                    EXITED       | panic: no config;goroutine 1 [running]:;main.main();exit status 2   | panic: no config
                    EXITED       | FATAL: role "a" does not exist;bye                                 | FATAL: role "a" does not exist
                    EXITED       | npm error Missing script: "dev";npm error;npm error To see a list of scripts, run:;npm error   npm run;npm error A complete log of this run can be found in: /x.log | Missing script: "dev"
                    EXITED       | 2026 ERROR 1 --- [main] o.s.LoggingFailureAnalysisReporter   :;Description:;Web server failed to start. Port 8080 was already in use.;Action:;Stop the process. | Web server failed to start. Port 8080 was already in use.
                    EXITED       | grep: unrecognized option '--x';Usage: grep PATTERN;Try 'grep --help' for more information. | grep: unrecognized option '--x'
                    EXITED       | ERROR could not reach queue amqp://mq;INFO closing error reporter;INFO done, 0 errors | ERROR could not reach queue amqp://mq
                    EXITED       | {"level":50,"msg":"redis refused"};{"level":30,"msg":"error page served"} | {"level":50,"msg":"redis refused"}
                    EXITED       | > vite;sh: 1: vite: not found;npm error Lifecycle script `dev` failed with error:;npm error code 127 | sh: 1: vite: not found
                    DATABASE_UNAVAILABLE | 2026-11-30 14:45:29.440 UTC [9989] FATAL:  database files are incompatible with server;2026-11-30 14:45:29.440 UTC [9989] DETAIL:  It was made by version 17. | FATAL:  database files are incompatible with server: It was made by version 17.
                    BUILD_FAILED | The engine node is incompatible with this module.;Found incompatible module. | The engine node is incompatible with this module.
                    TIMED_OUT    | loading;waiting for redis at 127.0.0.1:1;still here            | waiting for redis at 127.0.0.1:1
                    BUILD_FAILED | A.java:3: error: no semicolon;A.java:9: error: no symbol;2 errors  | A.java:3: error: no semicolon
                    BUILD_FAILED | compiling;make: nothing to do                                      | make: nothing to do
                    TIMED_OUT    | replica lags                                                      | replica lags
                    PORT_TAKEN   | anything                                                          |
                    EXITED       | ;                                                                 |
                    """)
    void comesToThePoint(CauseCode code, String lines, String wanted) {
        var cause = new Cause(code, "what", List.of(), List.of(lines.split(";", -1)));
        assertThat(LastWord.of(cause).orElse(null)).isEqualTo(wanted);
    }
}
