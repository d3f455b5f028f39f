// Plots in the plane, as the server reckons them: area on the ellipsoid of CGCS2000, edges that cross, round steps.
const SEMI_MAJOR = 6378137, FLATTENING = 1 / 298.257222101, ECCENTRICITY = Math.sqrt(FLATTENING * (2 - FLATTENING));
const RADIAN = Math.PI / 180;
export const DEGREE = 111320;  // metres of a degree of latitude

// Coordinates in metres have northings beyond any latitude.
export const metric = (points) => points.some(([, y]) => Math.abs(y) > 90);

// Metres east and north of one unit of the coordinates at a place.
export const scales = (inMetres, y) => inMetres ? [1, 1] : [DEGREE * Math.cos(y * RADIAN), DEGREE];

function authalic(latitude) {
  const e = ECCENTRICITY, sine = Math.sin(latitude * RADIAN);
  return (1 - e * e) * (sine / (1 - (e * sine) ** 2) + Math.atanh(e * sine) / e);
}

// Square metres inside a ring that is not closed by a repeated corner.
export function area(points) {
  if (points.length < 3) return 0;
  const plane = metric(points) ? points : points.map(([x, y]) => [SEMI_MAJOR * x * RADIAN, SEMI_MAJOR * authalic(y) / 2]);
  const [left, low] = plane[0];
  let twice = 0;
  plane.forEach(([x, y], number) => {
    const [nextX, nextY] = plane[(number + 1) % plane.length];
    twice += (x - left) * (nextY - low) - (nextX - left) * (y - low);
  });
  return Math.abs(twice) / 2;
}

const turn = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
const within = (a, b, c) => Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1]);

function meet(a, b, c, d) {
  const one = turn(a, b, c), two = turn(a, b, d), three = turn(c, d, a), four = turn(c, d, b);
  if (one !== two && three !== four) return true;
  return (!one && within(a, b, c)) || (!two && within(a, b, d)) || (!three && within(c, d, a)) || (!four && within(c, d, b));
}

// The edges (by the number of their first corner) that cross or touch another, run back on themselves, or have no length.
export function crossings(points, closed) {
  const found = new Set(), count = points.length, edges = closed && count > 2 ? count : count - 1;
  const at = (number) => points[number % count];
  const note = (...all) => all.forEach((one) => found.add(one));
  for (let one = 0; one < edges; one++) {
    const a = at(one), b = at(one + 1);
    if (a[0] === b[0] && a[1] === b[1]) note(one);
    for (let two = one + 1; two < edges; two++) {
      const c = at(two), d = at(two + 1);
      if (two === one + 1 || (closed && one === 0 && two === edges - 1)) {
        const [before, middle, after] = two === one + 1 ? [a, b, d] : [c, a, b];
        const back = (middle[0] - before[0]) * (after[0] - middle[0]) + (middle[1] - before[1]) * (after[1] - middle[1]) < 0;
        if (back && !turn(before, middle, after)) note(one, two);
      } else if (meet(a, b, c, d)) note(one, two);
    }
  }
  return found;
}

// The largest of 1, 2, 5, 10 … that is not above `most`.
export function round(most) {
  const ten = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((one) => one * ten).find((one) => one <= most * 1.000001) ?? ten;
}
