package dev.fairlead.target.kubernetes.access;

import java.util.Optional;

/// An identity that stays what it is.
record Fixed(Identity current) implements Credentials {
    static final Credentials NOBODY = new Fixed(Identity.NOBODY);

    @Override
    public Optional<Identity> renewed(Identity refused) {
        return Optional.empty();
    }
}
