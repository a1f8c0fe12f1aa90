-- The price stage in DuckDB's SQL: from flagged actions to one price a period. Floats throughout.
-- A cost is a price as the system feels it: what a buy costs, less what a sell brings.
WITH counted AS (
    SELECT row_number() OVER () AS id, settlement_period AS period,
           CASE WHEN volume_mwh > 0 THEN 1 ELSE -1 END AS side,
           CASE WHEN volume_mwh > 0 THEN 1 ELSE -1 END * price_gbp_per_mwh AS cost,
           abs(volume_mwh) AS volume, so_flag OR cadl_flag AS flagged,
           CASE WHEN action_type IN ('offer', 'bid')
                THEN transmission_loss_multiplier_per_unit ELSE 1 END AS weight
    FROM actions WHERE abs(volume_mwh) >= 0.1
),
levels AS (
    SELECT period, side, cost, sum(volume) AS whole FROM counted GROUP BY ALL
),
curves AS (
    SELECT *, sum(whole) OVER (PARTITION BY period, side ORDER BY cost) AS upto FROM levels
),
edges AS (SELECT DISTINCT period, upto - 1e-9 AS upto FROM curves),
crossed AS (
    SELECT edges.period, max(edges.upto) + 1e-9 AS volume
    FROM edges
    ASOF JOIN (SELECT * FROM curves WHERE side = 1) AS bought
        ON edges.period = bought.period AND edges.upto <= bought.upto
    ASOF JOIN (SELECT * FROM curves WHERE side = -1) AS sold
        ON edges.period = sold.period AND edges.upto <= sold.upto
    WHERE bought.cost <= -sold.cost
    GROUP BY edges.period
),
kept AS (
    SELECT curves.*, coalesce(
        greatest(0, least(whole, crossed.volume - (upto - whole))), 0) AS removed
    FROM curves LEFT JOIN crossed USING (period)
),
arbitraged AS (
    SELECT counted.* REPLACE (counted.volume * (1 - removed / whole) AS volume)
    FROM counted JOIN kept USING (period, side, cost)
    WHERE counted.volume * (1 - removed / whole) > 1e-9
),
flagged_again AS (
    SELECT * REPLACE (flagged AND cost > coalesce(
        max(CASE WHEN NOT flagged THEN cost END) OVER (PARTITION BY period, side),
        '-infinity'::DOUBLE) AS flagged)
    FROM arbitraged
),
imbalances AS (
    SELECT period, sum(side * volume) AS imbalance FROM flagged_again GROUP BY period
),
main_side AS (
    SELECT a.*, abs(imbalance) AS size,
           sum(volume) OVER (PARTITION BY period ORDER BY cost) AS upto,
           sum(volume) OVER (PARTITION BY period, cost) AS level
    FROM flagged_again AS a JOIN imbalances USING (period)
    WHERE side = sign(imbalance)
),
balanced AS (
    SELECT * EXCLUDE (volume, upto, level, size),
           volume * greatest(0, least(level, size - (upto - level))) / level AS volume
    FROM main_side WHERE size - (upto - level) > 1e-9
),
dearest_unflagged AS (
    SELECT period, side * cost AS price, volume,
           sum(volume) OVER (PARTITION BY period ORDER BY cost DESC) AS upto,
           sum(volume) OVER (PARTITION BY period, cost) AS level
    FROM balanced WHERE NOT flagged
),
replacements AS (
    SELECT period, sum(share * price) / sum(share) AS price FROM (
        SELECT *, volume * greatest(0, least(level, 1 - (upto - level))) / level AS share
        FROM dearest_unflagged
    ) GROUP BY period
),
replaced AS (
    SELECT balanced.* REPLACE (CASE WHEN flagged
        THEN side * round(coalesce(replacements.price, market.price_gbp_per_mwh), 5)
        ELSE cost END AS cost)
    FROM balanced LEFT JOIN replacements USING (period)
    LEFT JOIN market ON market.settlement_period = period
),
averaged AS (
    SELECT *, sum(volume) OVER (PARTITION BY period ORDER BY cost DESC) AS upto,
           sum(volume) OVER (PARTITION BY period, cost) AS level
    FROM replaced
)
SELECT period, sum(share * weight * side * cost) / sum(share * weight) AS price,
       any_value(imbalance) AS imbalance
FROM (
    SELECT *, volume * greatest(0, least(level, 1 - (upto - level))) / level AS share FROM averaged
) JOIN imbalances USING (period)
GROUP BY period ORDER BY period
