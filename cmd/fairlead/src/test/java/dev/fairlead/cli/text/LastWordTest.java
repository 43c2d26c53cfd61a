package dev.fairlead.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which line of what a program said stands in the first line of an explanation.
class LastWordTest {
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
