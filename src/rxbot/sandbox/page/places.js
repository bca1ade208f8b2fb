/* Where somebody in the invented town may say they are. */

export const PLACES = [
  { name: "Beacon Square, Old Town", place: [53.0705, 0.421] },
  { name: "Herring Quay, Harbourside", place: [53.0648, 0.4312] },
  { name: "Candle Street, Lantern Hill", place: [53.0777, 0.4097] },
  { name: "Samphire Way, Samphire Estate", place: [53.0571, 0.4388] },
  { name: "Church Lane, Little Merrow", place: [53.0952, 0.4584] },
];

/** Return what people call this place, or else its latitude and longitude. */
export function nameOf(place) {
  return PLACES.find((known) => String(known.place) === String(place))?.name ?? place.join(", ");
}
