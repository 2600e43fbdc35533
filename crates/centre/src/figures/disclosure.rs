//! What may be published of counts of people: no cell under five, and none that can be computed from the others and
//! their published sum (primary and complementary suppression).

/// The smallest count that is published.
pub const SMALLEST: i64 = 5;

/// The counts that may be published beside their sum; nothing in the place of one that may not. A count of nought is
/// nobody's and is published. Hidden cells are at least two, and together at least five, so that the sum tells of none.
#[must_use]
pub fn published(counts: &[i64]) -> Vec<Option<i64>> {
    let mut hidden: Vec<bool> = counts.iter().map(|n| (1..SMALLEST).contains(n)).collect();
    let mut next: Vec<usize> = (0..counts.len()).filter(|i| counts.get(*i).is_some_and(|n| *n >= SMALLEST)).collect();
    next.sort_by_key(|i| (counts.get(*i).copied(), *i));
    for i in next {
        let cells = || counts.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(n, _)| *n);
        let (number, sum) = (cells().count(), cells().sum::<i64>());
        if number == 0 || (number >= 2 && sum >= SMALLEST) {
            break;
        }
        if let Some(cell) = hidden.get_mut(i) {
            *cell = true;
        }
    }
    counts.iter().zip(hidden).map(|(n, hidden)| (!hidden).then_some(*n)).collect()
}

/// The share of a part in whole percent, where neither the part nor the rest is a cell that may not be published.
#[must_use]
pub fn published_percent(part: i64, of: i64) -> Option<i64> {
    // From here on a whole percent is more people than the smallest cell.
    const MANY: i64 = 1_000;
    let whole = |n: i64| n == 0 || n >= SMALLEST;
    let may = of >= SMALLEST && ((whole(part) && whole(of - part)) || of >= MANY);
    may.then(|| (part.saturating_mul(100) + of / 2) / of)
}

#[cfg(test)]
mod tests {
    use super::{SMALLEST, published, published_percent};

    #[test]
    fn small_cells_and_what_would_tell_them_are_hidden() {
        let table: [(&[i64], &[Option<i64>]); 8] = [
            (&[], &[]),
            (&[0, 7, 5], &[Some(0), Some(7), Some(5)]),
            (&[3, 7, 9], &[None, None, Some(9)]),
            (&[3, 4, 9], &[None, None, Some(9)]),
            (&[1, 1, 9, 8], &[None, None, Some(9), None]),
            (&[4], &[None]),
            (&[4, 9], &[None, None]),
            (&[100, 3, 50, 2], &[Some(100), None, Some(50), None]),
        ];
        for (counts, expected) in table {
            assert_eq!(published(counts), expected, "{counts:?}");
        }
    }

    #[test]
    fn no_hidden_cell_follows_from_the_sum() {
        // Every list of four cells of 0..=7.
        for code in 0..8_i64.pow(4) {
            let counts: Vec<i64> = (0..4).map(|place| code / 8_i64.pow(place) % 8).collect();
            let shown = published(&counts);
            let hidden: Vec<i64> = counts.iter().zip(&shown).filter(|(_, s)| s.is_none()).map(|(n, _)| *n).collect();
            assert!(shown.iter().flatten().all(|n| *n == 0 || *n >= SMALLEST), "{counts:?}");
            let all_small = counts.iter().sum::<i64>() < SMALLEST || counts.iter().filter(|n| **n > 0).count() < 2;
            let safe = hidden.is_empty() || (hidden.len() >= 2 && hidden.iter().sum::<i64>() >= SMALLEST);
            assert!(safe || all_small, "{counts:?}: {shown:?}");
        }
    }

    #[test]
    fn a_share_tells_no_small_cell() {
        let table = [
            (8, 10, None),
            (10, 10, Some(100)),
            (5, 10, Some(50)),
            (4, 4, None),
            (0, 7, Some(0)),
            (999, 1_000, Some(100)),
        ];
        for (part, of, expected) in table {
            assert_eq!(published_percent(part, of), expected, "{part} of {of}");
        }
    }
}
