/** What an actor's decision depends on, in words (docs/model.md, section 4). */
const meanings: Record<string, string> = {
  security: 'what cooperation against shared enemies is worth; negative where the authority ' +
    'shelters enemies of the state',
  grievance: 'what coercion answers: enemies that the authority shelters',
  economic: 'gains on offer, less what sanctions take',
  rights: 'an audience at home that sees repression',
  alignment: 'where friends and patrons stand on this ladder, 0 to 1',
  cover: 'share of friends and patrons that recognise',
  bandwagon: 'share of the world that recognises',
  rivalry: 'quarrels and presence of rivals',
  confrontation: 'how far the state is at odds with the order that withholds recognition',
  pressure: 'cost imposed by a power that opposes recognition',
  need: 'business that needs a counterpart, such as relief and migration',
  trust: 'whether the authority can deliver what it promises',
  engagement: 'height of the state’s own engagement, 0 to 1',
  coercion: 'height of the state’s own coercion, 0 to 1',
  'rival claims': 'what a rival claimant already has',
  mediation: 'third parties that hold coercion down',
};

/** Empty where the name says it all, as that of a weight does. */
export function driverMeaning(driver: string): string {
  return meanings[driver.replaceAll('_', ' ')] ?? '';
}
