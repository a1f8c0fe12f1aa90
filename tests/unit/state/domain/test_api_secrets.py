from state.domain.api_secrets import hash_of, is_well_formed, new_access_token, new_client_secret


def test_a_secret_is_random_marked_and_checked() -> None:
    secrets = {new_client_secret() for _ in range(100)}
    assert len(secrets) == 100
    for secret in secrets:
        assert secret.startswith("kin_s")
        assert is_well_formed(secret)
        assert not is_well_formed(secret[:-1] + ("0" if secret[-1] != "0" else "1"))
    assert new_access_token().startswith("kin_t")
    assert len(hash_of("x")) == 64


def test_what_is_no_secret_is_known_at_once() -> None:
    for text in ("", "kin_s", "kin_x" + "0" * 72, "kin_s" + "g" * 72, "kin_s" + "0" * 72):
        assert not is_well_formed(text)
