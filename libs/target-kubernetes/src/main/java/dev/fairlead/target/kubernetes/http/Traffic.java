package dev.fairlead.target.kubernetes.http;

/// What was asked of a server so far.
///
/// @param requests all of them, those that were sent again too
/// @param writes those that change what is stored: no dry runs, no reviews
/// @param repeated those that were sent again
public record Traffic(long requests, long writes, long repeated) {
    public Traffic since(Traffic earlier) {
        return new Traffic(
                requests - earlier.requests, writes - earlier.writes, repeated - earlier.repeated);
    }

    @Override
    public String toString() {
        return requests + " requests, " + writes + " writes";
    }
}
