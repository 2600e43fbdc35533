//! What a password must be: long, and not one that everybody tries first. No rules of letters and digits (NIST SP
//! 800-63B section 5.1.1.2).

use otklik_model::Personal;

/// Shortest password, letters.
const SHORTEST: usize = 12;
/// Longest, bytes.
const LONGEST: usize = 256;
/// Fewest different letters.
const DIFFERENT: usize = 5;

/// Beginnings of what is tried first, long enough to make a password of twelve letters, in lower case.
const COMMON: [&str; 24] = [
    "password",
    "passw0rd",
    "p@ssw0rd",
    "qwerty",
    "qwertz",
    "azerty",
    "1q2w3e4r",
    "1qaz2wsx",
    "zaq12wsx",
    "letmein",
    "iloveyou",
    "welcome",
    "administrator",
    "administrat",
    "changeme",
    "trustno1",
    "пароль",
    "йцукен",
    "qazwsx",
    "asdfgh",
    "zxcvbn",
    "фывапр",
    "ячсмит",
    "любовь",
];

/// Lines of keys and of counting, along which a hand slides.
const SLIDES: [&str; 9] = [
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "1q2w3e4r5t6y7u8i9o0p",
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "1й2ц3у4к5е6н7г8ш9щ0з",
];

/// Why a password is refused: a key of the message catalogue.
pub(crate) fn fault(password: &Personal<String>, sign_in_name: &str) -> Option<&'static str> {
    let text = password.reveal();
    let letters: Vec<char> = text.to_lowercase().chars().collect();
    if letters.len() < SHORTEST {
        return Some("password_too_short");
    }
    if text.len() > LONGEST {
        return Some("password_too_long");
    }
    let folded: String = letters.iter().collect();
    let common = few_letters(&letters) || repeats(&letters) || slides(&folded) || begins_common(&folded);
    let own = sign_in_name.len() >= 4 && folded.contains(&sign_in_name.to_lowercase());
    (common || own).then_some("password_too_common")
}

fn few_letters(letters: &[char]) -> bool {
    let mut different = letters.to_vec();
    different.sort_unstable();
    different.dedup();
    different.len() < DIFFERENT
}

/// One short piece again and again, as `abc1abc1abc1`.
fn repeats(letters: &[char]) -> bool {
    (1..=letters.len() / 2).any(|piece| letters.iter().zip(&letters[piece..]).all(|(one, next)| one == next))
}

fn slides(folded: &str) -> bool {
    SLIDES.iter().any(|line| line.contains(folded) || folded.chars().take(10).eq(line.chars().take(10)))
}

/// A common word and then digits or signs only, as `qwerty123456!`.
fn begins_common(folded: &str) -> bool {
    COMMON.iter().any(|word| {
        let rest = folded.strip_prefix(word).or_else(|| folded.strip_suffix(word));
        rest.is_some_and(|rest| COMMON.contains(&rest) || rest.chars().all(|letter| !letter.is_alphabetic()))
    })
}

#[cfg(test)]
mod tests {
    use otklik_model::Personal;

    use super::fault;

    #[test]
    fn long_and_uncommon_is_enough() {
        let table = [
            ("короткий", Some("password_too_short")),
            ("correct horse", None),
            ("двенадцатьбу", None),
            ("зелёный чайник едет", None),
            ("aaaaaaaaaaaaaaa", Some("password_too_common")),
            ("abc1abc1abc1", Some("password_too_common")),
            ("qwerty123456", Some("password_too_common")),
            ("Password2026!", Some("password_too_common")),
            ("passwordpassword", Some("password_too_common")),
            ("пароль123456", Some("password_too_common")),
            ("123456789012", Some("password_too_common")),
            ("йцукенгшщзхъ", Some("password_too_common")),
            ("vera.testova-2026", Some("password_too_common")),
        ];
        for (password, expected) in table {
            assert_eq!(fault(&Personal::new(password.to_owned()), "vera.testova"), expected, "{password}");
        }
        let long = "я".repeat(129);
        assert_eq!(fault(&Personal::new(long), "vera"), Some("password_too_long"));
        assert_eq!(fault(&Personal::new("я чайник рулит".to_owned()), "я"), None, "a short name is found everywhere");
    }
}
