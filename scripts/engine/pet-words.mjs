/** What a pet's name is made of: any number of adverbs, an adjective, an animal. */
const words = (/** @type {string} */ text) => text.trim().split(/\s+/);

export const adverbs = words(`
  boldly briskly calmly cheerfully clearly deftly eagerly early evenly fairly firmly freely gently gladly gracefully
  happily kindly lightly loudly merrily mildly neatly nimbly often openly patiently playfully politely promptly proudly
  quickly quietly rarely readily sharply shyly simply slowly smoothly softly steadily swiftly tenderly truly usually
  warmly widely wisely
`);

export const adjectives = words(`
  agile amber ample azure balmy bold brave breezy brief bright brisk bronze calm candid cheery civil clever cobalt cool
  copper coral cosy crisp curious daring deft dusty eager early earnest easy fair famous fast festive fleet fluffy fond
  frank fresh gentle gilded glad golden grand happy hardy hazel honest humble indigo ivory jade jolly keen kind lively
  loyal lucky lunar mellow merry mighty mild misty modest mossy neat nimble noble olive opal patient playful plucky
  polite prompt proud quick quiet rapid ready rosy royal rustic sandy scarlet serene sharp shy silent silver sleek smart
  snowy snug solar spry steady stout sunny sure swift tall tawny tender tidy tranquil trusty vivid warm wild windy wise
  witty young zesty
`);

export const animals = words(`
  alpaca anteater antelope armadillo avocet badger barracuda bat bear beaver bee beetle bison boar bobcat budgie buffalo
  bullfinch butterfly buzzard camel capybara caribou cat chaffinch chamois cheetah chinchilla cicada clownfish
  cockatoo condor cormorant cougar coyote crane cricket crow cuckoo curlew deer dingo dolphin donkey dormouse dove
  dragonfly duck eagle eel egret eland elephant elk emu falcon ferret finch firefly flamingo fox frog gazelle gecko
  giraffe goat goose gorilla grebe grouse guppy hamster hare hawk hedgehog heron hippo hoopoe horse ibex ibis iguana
  impala jackdaw jaguar jay kestrel kingfisher kiwi koala kudu ladybird lapwing lark lemur leopard linnet lion lizard
  llama lobster lynx macaw magpie manatee marmot marten meerkat mink mole mongoose moose moth mouse narwhal newt
  nightingale ocelot octopus okapi orca oriole osprey ostrich otter owl oyster panda pangolin panther parrot partridge
  peacock pelican penguin pheasant pigeon platypus plover polecat pony porcupine porpoise puffin puma quail quokka
  rabbit raccoon raven reindeer robin rook salmon sandpiper seahorse seal serval sheep shrew skylark sloth sparrow
  squid squirrel starfish starling stoat stork sturgeon swallow swan tapir tern thrush tiger toad tortoise toucan trout
  turtle urchin viper vole vulture wallaby walrus warbler weasel whale wolf wombat woodpecker wren yak zebra
`);
